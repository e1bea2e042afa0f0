import {
  ResourceType,
  type ConfigurationItemStatus,
  type RecordingGroup,
} from '@aws-sdk/client-config-service';
import type { Change } from '../../changes/change';
import type { Resource } from '../../changes/resource';
import { evaluateChange } from './evaluate';
import { isDeleted, latestItem } from './items';
import { notifyItem } from './notify';
import { type ConfigCall, type Item, resourceKey } from './state';

const supported = new Set<string>(Object.values(ResourceType));
const global = /^AWS::IAM::(User|Group|Role|Policy)$/;

/** Whether a recorder with this group writes down resources of this type. */
function records(group: RecordingGroup, type: string): boolean {
  if (!supported.has(type)) return false;
  const { resourceTypes = [], exclusionByResourceTypes: exclusion } = group;
  const listed = (types: readonly string[]) => types.includes(type);
  if (group.allSupported) return group.includeGlobalResourceTypes || !global.test(type);
  const excluded = exclusion?.resourceTypes ?? [];
  return excluded.length > 0 ? !listed(excluded) : listed(resourceTypes);
}

const recordsNow = ({ state: { recorder } }: ConfigCall, type: string): boolean =>
  recorder?.recording === true && records(recorder.configuration.recordingGroup ?? {}, type);

const same = (item: Item, { tags, configuration }: Resource): boolean =>
  JSON.stringify([item.tags, item.configuration]) === JSON.stringify([tags, configuration]);

type Seen = Pick<Item, 'type' | 'id' | 'name' | 'arn' | 'tags' | 'configuration' | 'createdAt'>;

function append(resource: Seen, status: ConfigurationItemStatus, call: ConfigCall): Item {
  const { type, id, name, arn, tags, configuration, createdAt } = resource;
  const key = resourceKey(resource);
  const history = call.state.items.get(key) ?? [];
  const item: Item = {
    type,
    id,
    name,
    arn,
    status,
    createdAt,
    capturedAt: call.now(),
    stateId: String(call.now().getTime()),
    tags: { ...tags },
    configuration: structuredClone(configuration),
  };
  call.state.items.set(key, [...history, item]);
  call.touch();
  notifyItem(item, history.at(-1), call);
  return item;
}

/** Writes down how a resource is now; nothing when nothing changed. */
function record(resource: Resource, call: ConfigCall): Item | undefined {
  const last = latestItem(resourceKey(resource), call);
  if (!last || isDeleted(last)) return append(resource, 'ResourceDiscovered', call);
  return same(last, resource) ? undefined : append(resource, 'OK', call);
}

function recordDeletion(key: string, call: ConfigCall): Item | undefined {
  const last = latestItem(key, call);
  if (!last || isDeleted(last)) return undefined;
  return append({ ...last, tags: {}, configuration: {} }, 'ResourceDeleted', call);
}

/** One change of one resource, if the recorder runs and records its type. */
export function recordChange(change: Change, call: ConfigCall): void {
  if (!recordsNow(call, change.type)) return;
  const resource = call.resources.ofType(change.type).find(({ id }) => id === change.id);
  const item = resource ? record(resource, call) : recordDeletion(resourceKey(change), call);
  if (item) evaluateChange(item, call);
}

/** The account as a recorder finds it when it starts: what is new, what changed, what is gone. */
export function discover(call: ConfigCall): void {
  const resources = call.resources.all().filter(({ type }) => recordsNow(call, type));
  const present = new Set(resources.map(resourceKey));
  const found = resources.map((resource) => record(resource, call));
  const gone = [...call.state.items]
    .filter(([key, [item]]) => item && recordsNow(call, item.type) && !present.has(key))
    .map(([key]) => recordDeletion(key, call));
  for (const item of [...found, ...gone]) if (item) evaluateChange(item, call);
}
