import { type AwsError, awsError } from '../errors';
import type { Evaluation, PolicySource } from './evaluate';
import { type Denied, encodeFailure } from './failure-message';

// Services whose error is not AccessDeniedException with status 400, as most JSON services have it.
const queryServices = new Set([
  'auto-scaling',
  'cloudformation',
  'cloudwatch',
  'elastic-load-balancing-v2',
  'iam',
  'route-53',
  's3',
  'sqs',
  'sts',
]);
const restServices = new Set(['guardduty', 'inspector2', 'lambda', 'securityhub', 'xray']);

const absent: Record<PolicySource, string> = {
  identity: 'identity-based policy',
  resource: 'resource-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  serviceControl: 'service control policy',
  resourceControl: 'resource control policy',
};

const denying: Record<PolicySource, string> = {
  identity: 'an identity-based policy',
  resource: 'a resource-based policy',
  boundary: 'a permissions boundary',
  session: 'a session policy',
  serviceControl: 'a service control policy',
  resourceControl: 'a resource control policy',
};

/** The service's own error for a refused request (by folder name): names action and ARN. */
export function accessDenied(service: string, request: Denied, evaluation: Evaluation): AwsError {
  const text = `User: ${request.principal.arn} is not authorized to perform: ${actionAs(service, request)}${onResource(service, request)}${because(service, request, evaluation)}`;
  if (service === 'ec2')
    return awsError(
      'UnauthorizedOperation',
      `You are not authorized to perform this operation. ${text}${encoded(request, evaluation)}`,
      { status: 403 },
    );
  if (service === 'sns') return awsError('AuthorizationError', text, { status: 403 });
  if (queryServices.has(service)) return awsError('AccessDenied', text, { status: 403 });
  return awsError('AccessDeniedException', text, { status: restServices.has(service) ? 403 : 400 });
}

/** SNS and SQS spell actions in their own way in this text. */
function actionAs(service: string, { action }: Denied): string {
  if (service === 'sns') return action.replace(/^sns:/i, 'SNS:');
  return service === 'sqs' ? action.toLowerCase() : action;
}

/** Only where the action is about a resource: what Describe… operations refuse comes without. */
const encoded = (request: Denied, evaluation: Evaluation): string =>
  request.resource === '*'
    ? ''
    : `. Encoded authorization failure message: ${encodeFailure(request, evaluation)}`;

// Services that say nothing of the resource where the action is about none.
const namelessServices = new Set([
  'auto-scaling',
  'cloudtrail',
  'cloudwatch',
  'ec2',
  'resource-groups-tagging-api',
  's3',
  'sts',
]);

function onResource(service: string, { resource }: Denied): string {
  if (namelessServices.has(service) && resource === '*') return '';
  return service === 's3' ? ` on resource: "${resource}"` : ` on resource: ${resource}`;
}

function because(service: string, request: Denied, evaluation: Evaluation): string {
  const source = evaluation.deniedBy ?? 'identity';
  if (evaluation.decision === 'explicitDeny') return ` with an explicit deny in ${denying[source]}`;
  if (isAboutRole(request) && !source.endsWith('Control')) return '';
  return ` because no ${absent[source]} allows the ${actionAs(service, request)} action`;
}

/** AssumeRole does not tell whether the trust policy or the caller's own permissions are missing. */
const isAboutRole = ({ action, resource }: Denied): boolean =>
  action.startsWith('sts:') && resource !== '*';
