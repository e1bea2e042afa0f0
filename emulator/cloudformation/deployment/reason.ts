import type { Run } from './run';
import { table } from '../../table';

const clientNames: Record<string, string> = table({
  Config: 'Config',
  EC2: 'Ec2',
  Events: 'EventBridge',
  IAM: 'Iam',
  S3: 'S3',
  SNS: 'Sns',
  SQS: 'Sqs',
  SSM: 'Ssm',
});

const handlerCodes: [RegExp, string][] = [
  [/AccessDenied|Unauthorized|AuthorizationError/, 'AccessDenied'],
  [/AlreadyExist|Duplicate|EntityAlreadyExists|AlreadyOwnedByYou/, 'AlreadyExists'],
  [/NotFound|NoSuch|NonExist/, 'NotFound'],
  [/Throttl|TooManyRequests/, 'Throttling'],
  [/LimitExceeded/, 'ServiceLimitExceeded'],
];

interface ServiceError extends Error {
  $metadata: { httpStatusCode?: number; requestId?: string };
}

/** Why a resource failed, as its stack event says it. */
export function reasonOf(error: unknown, type: string, run: Run): string {
  if (!(error instanceof Error)) return String(error);
  if (!isFromService(error)) return error.message;
  const { httpStatusCode, requestId } = error.$metadata;
  const detail = `Service: ${clientName(type)}, Status Code: ${httpStatusCode}, Request ID: ${requestId}`;
  const code = handlerCodes.find(([names]) => names.test(error.name))?.[1] ?? 'InvalidRequest';
  return `Resource handler returned message: "${error.message} (${detail}) (SDK Attempt Count: 1)" (RequestToken: ${run.call.random.uuid()}, HandlerErrorCode: ${code})`;
}

function clientName(type: string): string {
  const service = type.split('::')[1] ?? '';
  return clientNames[service] ?? service;
}

const isFromService = (error: Error): error is ServiceError =>
  '$metadata' in error && (error as ServiceError).$metadata.httpStatusCode !== undefined;
