import type { ResourceStatus, StackEvent, StackStatus } from '@aws-sdk/client-cloudformation';
import type { Stack, StackResource } from '../stack';
import { notify } from './notify';
import { eventsOf } from '../event-log';
import { noteOperation } from './operation';
import type { Run } from './run';

/** What of a run the log of events needs. */
export type Logged = Pick<Run, 'call' | 'stack'>;

interface Entry {
  eventId: string;
  at: Date;
  logicalId: string;
  physicalId: string;
  type: string;
  status: ResourceStatus;
  reason?: string | undefined;
  properties?: Record<string, unknown>;
}

/** Moves the stack to a status and tells so. */
export function setStatus(run: Logged, status: StackStatus, reason?: string): void {
  const { stack, call } = run;
  noteOperation(call, stack, status);
  stack.status = status;
  if (reason === undefined) delete stack.reason;
  else stack.reason = reason;
  call.announce({ kind: 'CONTENT', type: 'AWS::CloudFormation::Stack', id: stack.id });
  record(run, {
    eventId: call.random.uuid(),
    at: nextTime(run),
    logicalId: stack.name,
    physicalId: stack.id,
    type: 'AWS::CloudFormation::Stack',
    status: status as ResourceStatus,
    reason,
  });
}

/** Puts a resource's new record into the stack and tells so. */
export function setResource(run: Logged, resource: StackResource, reason?: string): void {
  const dated = { ...resource, updatedAt: run.call.now() };
  run.stack.resources.set(resource.logicalId, withReason(dated, reason));
  tell(run, resource, reason);
}

/** Tells of a resource that is no longer, or not yet, the stack's own record of that name. */
export function tell(run: Logged, resource: StackResource, reason?: string): void {
  const { logicalId, physicalId = '', type, status, properties } = resource;
  const at = nextTime(run);
  const eventId = `${logicalId}-${status}-${at.toISOString()}`;
  record(run, { eventId, at, logicalId, physicalId, type, status, reason, properties });
}

function withReason({ reason: _before, ...resource }: StackResource, reason?: string) {
  return reason === undefined ? resource : { ...resource, reason };
}

/** Who reads events sorts them by time, so times differ even while the clock stands still. */
function nextTime({ stack, call }: Logged): Date {
  stack.eventTime = Math.max(call.now().getTime(), stack.eventTime + 1);
  return new Date(stack.eventTime);
}

function record({ stack, call }: Logged, entry: Entry): void {
  call.touch();
  const operation = stack.operations?.at(-1);
  const event: StackEvent = {
    StackId: stack.id,
    EventId: entry.eventId,
    StackName: stack.name,
    ...(operation ? { OperationId: operation.id } : {}),
    LogicalResourceId: entry.logicalId,
    PhysicalResourceId: entry.physicalId,
    ResourceType: entry.type,
    Timestamp: entry.at,
    ResourceStatus: entry.status,
    ...(entry.reason === undefined ? {} : { ResourceStatusReason: entry.reason }),
    ...(entry.properties ? { ResourceProperties: masked(stack, entry.properties) } : {}),
    ...(stack.token === undefined ? {} : { ClientRequestToken: stack.token }),
  };
  eventsOf(call).append(stack.id, event);
  notify(call, stack, event);
}

/** What a custom resource wants hidden is starred out in whoever uses it. */
function masked({ resources }: Stack, properties: Record<string, unknown>): string {
  const secrets = [...resources.values()]
    .filter(({ isSecret }) => isSecret)
    .flatMap(({ attributes }) => Object.values(attributes))
    .filter((value) => typeof value === 'string' && value !== '');
  return secrets.reduce<string>(
    (shown, secret) => shown.replaceAll(JSON.stringify(secret).slice(1, -1), '*****'),
    JSON.stringify(properties),
  );
}

/** `The following resource(s) failed to create: [A, B]. `, AWS's own trailing blank included. */
export function failures(stack: Stack, verb: 'create' | 'update' | 'delete'): string {
  const status = `${verb.toUpperCase()}_FAILED`;
  const names = [...stack.resources.values()]
    .filter((resource) => resource.status === status)
    .map(({ logicalId }) => logicalId);
  return names.length === 0
    ? ''
    : `The following resource(s) failed to ${verb}: [${names.join(', ')}]. `;
}
