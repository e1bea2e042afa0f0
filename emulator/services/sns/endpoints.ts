import { parseArn } from '../../arn';
import { invalid, invalidText } from './errors';
import type { Topic } from './state';
import { isLoopback } from './web';
import { table } from '../../table';

const notEmulated = new Set(['firehose', 'application']);

/** Checks protocol and endpoint of a new subscription. */
export function checkEndpoint(topic: Topic, protocol: string, endpoint: string): void {
  if (notEmulated.has(protocol))
    throw invalid(`Protocol Reason: subscriptions of protocol ${protocol} are not emulated`);
  const check = checks[protocol];
  if (!check) throw invalid(`Amazon SNS does not support this protocol string: ${protocol}`);
  // Text unverified.
  if (topic.fifo && protocol !== 'sqs')
    throw invalid('Invalid parameter: Endpoint Reason: Please use an SQS queue');
  check(endpoint, topic);
}

type Check = (endpoint: string, topic: Topic) => void;

const checks: Record<string, Check> = table({
  sqs(endpoint, topic) {
    if (parseArn(endpoint)?.service !== 'sqs') throw invalid('SQS endpoint ARN');
    if (endpoint.endsWith('.fifo') && !topic.fifo)
      throw invalid(
        'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
      );
  },
  lambda(endpoint) {
    const { service, resource = '' } = parseArn(endpoint) ?? {};
    // Text unverified.
    if (service !== 'lambda' || !resource.startsWith('function:'))
      throw invalid('Lambda endpoint ARN');
  },
  http: (endpoint) => checkUrl('http', endpoint),
  https: (endpoint) => checkUrl('https', endpoint),
  email: checkEmail,
  'email-json': checkEmail,
  sms(endpoint) {
    if (!/^\+?\d(?:[-. ]?\d){4,19}$/.test(endpoint))
      throw invalidText(`Invalid SMS endpoint: ${endpoint}`);
  },
});

function checkUrl(protocol: string, endpoint: string): void {
  if (!endpoint.startsWith(`${protocol}://`) || !URL.canParse(endpoint))
    throw invalid('Endpoint must match the specified protocol');
  if (!isLoopback(endpoint))
    throw invalid(
      `Endpoint Reason: ${protocol} is emulated for addresses of this machine only (localhost, 127.0.0.1)`,
    );
}

function checkEmail(endpoint: string): void {
  // The text was not verified.
  if (!/^[^@\s]+@[^@\s]+$/.test(endpoint)) throw invalid('Email address');
}
