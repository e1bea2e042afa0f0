import { parseArn } from '../../arn';
import { invalid } from './errors';

const notEmulated = new Set(['lambda', 'http', 'https', 'firehose', 'application']);

/** Checks protocol and endpoint of a new subscription. */
export function checkEndpoint(protocol: string, endpoint: string): void {
  if (notEmulated.has(protocol))
    throw invalid(`Protocol Reason: subscriptions of protocol ${protocol} are not emulated`);
  const check = checks[protocol];
  if (!check) throw invalid(`Amazon SNS does not support this protocol string: ${protocol}`);
  check(endpoint);
}

const checks: Record<string, (endpoint: string) => void> = {
  sqs(endpoint) {
    if (parseArn(endpoint)?.service !== 'sqs') throw invalid('SQS endpoint ARN');
    if (endpoint.endsWith('.fifo'))
      throw invalid(
        'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
      );
  },
  email: checkEmail,
  'email-json': checkEmail,
  sms(endpoint) {
    if (!/^\+?\d(?:[-. ]?\d){4,19}$/.test(endpoint)) throw invalidPhone(endpoint);
  },
};

function checkEmail(endpoint: string): void {
  // The text was not verified.
  if (!/^[^@\s]+@[^@\s]+$/.test(endpoint)) throw invalid('Email address');
}

const invalidPhone = (endpoint: string): Error =>
  Object.assign(invalid(''), { message: `Invalid SMS endpoint: ${endpoint}` });
