import { isRecord } from '../template/template';

/** What the provider of a custom resource has answered. */
export interface Answer {
  PhysicalResourceId?: string;
  Data: Record<string, unknown>;
  NoEcho: boolean;
  /** Why the resource has failed, in CloudFormation's words. */
  failure?: string;
}

const longest = 4096;

/** Reads the JSON that was PUT to the ResponseURL. */
export function readAnswer(body: string, requestId: string): Answer {
  if (Buffer.byteLength(body) > longest) throw new Error('Response object is too long.');
  const response = parsed(body);
  const { Status: status, Reason: reason, PhysicalResourceId: id, Data: data } = response;
  const answer: Answer = {
    Data: isRecord(data) ? data : {},
    NoEcho: String(response['NoEcho']) === 'true',
    ...(typeof id === 'string' && id !== '' ? { PhysicalResourceId: id } : {}),
  };
  if (status === 'SUCCESS') {
    return answer.PhysicalResourceId
      ? answer
      : { ...answer, failure: 'Invalid PhysicalResourceId' };
  }
  // Text of a wrong status not verified against AWS.
  if (status !== 'FAILED') return { ...answer, failure: `Invalid Status: ${String(status)}` };
  const failure = `Received response status [FAILED] from custom resource. Message returned: ${String(reason)} (RequestId: ${requestId})`;
  return { ...answer, failure };
}

function parsed(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    if (isRecord(value)) return value;
  } catch {
    // Refused below.
  }
  // Text not verified against AWS.
  throw new Error('Invalid response: the body is not a JSON object');
}
