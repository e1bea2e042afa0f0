import type { StackProgress } from './messages';

/** A stack event among the many messages of the CDK that is not older than `since`, or undefined. */
export function progressOf(data: unknown, since: number): StackProgress | undefined {
  const event = isRecord(data) ? data['event'] : undefined;
  if (!isRecord(event)) return undefined;
  if (event['Timestamp'] instanceof Date && event['Timestamp'].getTime() < since) return undefined;
  const { StackName, LogicalResourceId, ResourceType, ResourceStatus, ResourceStatusReason } =
    event;
  if (typeof StackName !== 'string' || typeof ResourceStatus !== 'string') return undefined;
  return {
    stack: StackName,
    resource: String(LogicalResourceId),
    type: String(ResourceType),
    status: ResourceStatus,
    ...(typeof ResourceStatusReason === 'string' && { reason: ResourceStatusReason }),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
