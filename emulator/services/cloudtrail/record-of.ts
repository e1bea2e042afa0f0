import { isRead } from '../../operation-names';
import type { Recorded } from '../../history/recorded';

/** A call as CloudTrail writes it down. */
export function toRecord(recorded: Recorded) {
  const { at, signingName, operation, region, accountId, parameters, response } = recorded;
  return {
    eventVersion: '1.11',
    userIdentity: userIdentity(recorded),
    eventTime: inSeconds(at),
    eventSource: `${signingName}.amazonaws.com`,
    eventName: operation,
    awsRegion: region,
    sourceIPAddress: recorded.sourceAddress,
    userAgent: recorded.userAgent,
    ...failureOf(recorded),
    requestParameters: named(recorded, parameters),
    responseElements: response,
    requestID: recorded.requestId,
    eventID: eventIdOf(recorded),
    readOnly: isReadOnly(recorded),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: 'Management',
  };
}

/** Taking up a role counts as reading, as AWS has it. */
export const isReadOnly = ({ operation, service }: Recorded): boolean =>
  isRead(operation) || service === 'sts';

/** `2026-01-01T00:00:00Z` */
const inSeconds = (at: number): string => toIso(at).replace(/\.\d+Z$/, 'Z');

// oxlint-disable-next-line wall-clock/no-new-date -- a moment that the simulated clock has told
const toIso = (at: number): string => new Date(at).toISOString();

/** Derived from the request's id, which is as unique: nothing more has to be kept. */
export function eventIdOf({ requestId }: Recorded): string {
  const digits = requestId.replaceAll('-', '').split('').toReversed().join('').padEnd(32, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

function failureOf({ service, errorCode, errorMessage }: Recorded) {
  if (errorCode === undefined) return {};
  return {
    errorCode: service === 'ec2' ? `Client.${errorCode}` : errorCode,
    ...(errorMessage ? { errorMessage } : {}),
  };
}

/** S3 calls its members otherwise here than in its API. */
function named({ service }: Recorded, parameters: unknown): unknown {
  if (service !== 's3' || typeof parameters !== 'object' || parameters === null) return parameters;
  const { bucket, ...others } = parameters as { bucket?: string };
  return bucket === undefined ? parameters : { bucketName: bucket, ...others };
}

/** The name that LookupEvents shows and finds an event by. */
export function userNameOf({ principal }: Recorded): string | undefined {
  if (principal.type === 'root') return 'root';
  if (principal.type === 'user') return principal.userName;
  return principal.type === 'role' ? principal.sessionName : undefined;
}

function userIdentity(recorded: Recorded): Record<string, unknown> {
  const { principal, accessKeyId, via } = recorded;
  const common = {
    principalId: recorded.userId ?? principal.accountId,
    arn: principal.arn,
    accountId: principal.accountId,
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
  };
  const invoked = via === undefined ? {} : { invokedBy: via };
  switch (principal.type) {
    case 'service':
      return { type: 'AWSService', invokedBy: principal.service };
    case 'root':
      return { type: 'Root', ...common, ...invoked };
    case 'user':
      return { type: 'IAMUser', ...common, userName: principal.userName, ...invoked };
    case 'role':
      return { type: 'AssumedRole', ...common, ...sessionContext(recorded), ...invoked };
  }
}

function sessionContext({ principal, userId = '', since, at }: Recorded) {
  const roleArn = principal.type === 'role' ? principal.roleArn : '';
  return {
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: userId.split(':')[0],
        arn: roleArn,
        accountId: principal.accountId,
        userName: roleArn.slice(roleArn.lastIndexOf('/') + 1),
      },
      attributes: { creationDate: inSeconds(since ?? at), mfaAuthenticated: 'false' },
    },
  };
}
