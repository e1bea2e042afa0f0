import { parseObject } from '../../../json';
import type { Caller } from '../../../principal';
import type { SchedulerCall } from '../state';
import type { Send } from './send';
import { table } from '../../../table';

/** Services that universal targets call otherwise than the SDK calls their packages. */
const packages: Record<string, string> = table({
  autoscaling: 'auto-scaling',
  cloudwatchlogs: 'cloudwatch-logs',
  config: 'config-service',
  resourcegroupstaggingapi: 'resource-groups-tagging-api',
  route53: 'route-53',
  secretsmanager: 'secrets-manager',
});

/** Actions that only look: EventBridge Scheduler calls none of them. */
const readOnly =
  /^(?:get|describe|list|poll|receive|search|scan|query|select|read|lookup|discover|validate|batchGet|batchDescribe|batchRead|transactGet|adminGet|adminList|testMigration|retrieve|testConnection|translateDocument|isAuthorized|invokeModel)/;

interface Universal {
  /** As the ARN spells them. */
  service: string;
  action: string;
  isReadOnly: boolean;
}

/** Reads `arn:aws:scheduler:::aws-sdk:<service>:<apiAction>`. */
export function readUniversal(arn: string): Universal | undefined {
  const [, service, action] = /^arn:aws:scheduler:::aws-sdk:(\w+):(\w+)$/.exec(arn) ?? [];
  if (service === undefined || action === undefined) return undefined;
  return { service, action, isReadOnly: readOnly.test(action) };
}

type Api = Record<string, ((input: unknown) => Promise<unknown>) | undefined>;

/** The action of the SDK's client, when the service is emulated and has such an action. */
export function apiOf(
  { service, action }: Universal,
  call: SchedulerCall,
  as?: Caller,
): ((input: unknown) => Promise<unknown>) | undefined {
  const name = service.toLowerCase();
  const folder = packages[name] ?? name;
  const client = call.offers(folder) ? call.client<Api>(folder, as) : undefined;
  return client?.[action]?.bind(client);
}

/** Any action of any service that is emulated, with the payload as its request. */
export const sendUniversally: Send = async ({ target, input }, caller, call) => {
  const universal = readUniversal(target.Arn ?? '');
  const api = universal && apiOf(universal, call, caller);
  await api?.(parseObject(input) ?? {});
};
