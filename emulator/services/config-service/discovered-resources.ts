import {
  NoAvailableConfigurationRecorderException,
  ResourceNotDiscoveredException,
  type BaseConfigurationItem,
  type ListDiscoveredResourcesRequest,
  type ResourceKey,
  type ResourceType,
} from '@aws-sdk/client-config-service';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { describeShape } from './describe-shape';
import { checkLength } from './constraints';
import { isDeleted, latestItem, latestItems } from './items';
import { pageOf } from './pages';
import { type ConfigCall, type ConfigHandlers, type Item, resourceKey } from './state';

function requireRecorder({ state }: ConfigCall): void {
  if (state.recorder) return;
  // The text is not verified.
  throw refuse(
    NoAvailableConfigurationRecorderException,
    'Configuration recorder is not available.',
  );
}

const baseItem = (item: Item, call: ConfigCall): BaseConfigurationItem => ({
  version: '1.3',
  accountId: call.accountId,
  configurationItemCaptureTime: item.capturedAt,
  configurationItemStatus: item.status,
  configurationStateId: item.stateId,
  arn: item.arn,
  resourceType: item.type as ResourceType,
  resourceId: item.id,
  resourceName: item.name,
  awsRegion: call.region,
  availabilityZone: 'Not Applicable',
  resourceCreationTime: item.createdAt,
  configuration: JSON.stringify(describeShape(item, call.accountId)),
  supplementaryConfiguration: {},
  recordingFrequency: 'CONTINUOUS',
});

const keyOf = ({ resourceType = 'AWS::EC2::Instance', resourceId = '' }: Partial<ResourceKey>) =>
  resourceKey({ type: resourceType, id: resourceId });

const isBetween = ({ capturedAt }: Item, earlier = new Date(0), later?: Date): boolean =>
  capturedAt >= earlier && (later === undefined || capturedAt <= later);

/** A key as AWS prints it in its validation error. */
const asText = ({ resourceType, resourceId }: ResourceKey): string =>
  `ResourceKey(resourceType=${resourceType}, resourceId=${resourceId})`;

const mostIds = 20;

/** ListDiscoveredResources goes by ids or by a name. */
function checkChoice({ resourceIds = [], resourceName }: Partial<ListDiscoveredResourcesRequest>) {
  if (resourceIds.length > 0 && resourceName !== undefined)
    throw awsError(
      'ValidationException',
      'Both Resource ID and Resource Name cannot be specified in the request',
    );
  if (resourceIds.length > mostIds)
    throw awsError(
      'ValidationException',
      "The specified list had more than 20 resource ID's. It must have '20' or less items",
    );
}

export const discoveredResources = {
  GetResourceConfigHistory(input, call) {
    requireRecorder(call);
    const { resourceType, resourceId, chronologicalOrder, nextToken, limit } = input;
    const history = call.state.items.get(keyOf(input));
    if (!history) {
      throw refuse(
        ResourceNotDiscoveredException,
        `Resource ${resourceId} of resourceType:${resourceType} is unknown or has not been discovered`,
      );
    }
    const found = history.filter((item) => isBetween(item, input.earlierTime, input.laterTime));
    const ordered = chronologicalOrder === 'Forward' ? found : found.toReversed();
    const { page, next } = pageOf(ordered, { token: nextToken, limit, usual: 10 });
    return {
      configurationItems: page.map((item) => ({
        ...baseItem(item, call),
        configurationItemMD5Hash: '',
        tags: item.tags,
        relatedEvents: [],
        relationships: [],
      })),
      nextToken: next,
    };
  },

  BatchGetResourceConfig({ resourceKeys: keys = [] }, call) {
    requireRecorder(call);
    checkLength(keys.map(asText), 'resourceKeys', 100);
    const found = keys.map((key) => ({ key, item: latestItem(keyOf(key), call) }));
    return {
      baseConfigurationItems: found.flatMap(({ item }) => (item ? [baseItem(item, call)] : [])),
      unprocessedResourceKeys: found.flatMap(({ key, item }) => (item ? [] : [key])),
    };
  },

  ListDiscoveredResources(input, call) {
    requireRecorder(call);
    checkChoice(input);
    const { resourceType, resourceIds, resourceName, includeDeletedResources } = input;
    const found = latestItems(call).filter(
      (item) =>
        item.type === resourceType &&
        (includeDeletedResources || !isDeleted(item)) &&
        (resourceIds?.includes(item.id) ?? true) &&
        item.name === (resourceName ?? item.name),
    );
    const { page, next } = pageOf(found, {
      token: input.nextToken,
      limit: input.limit,
      usual: 100,
    });
    return {
      resourceIdentifiers: page.map((item) => ({
        resourceType,
        resourceId: item.id,
        resourceName: item.name,
        ...(isDeleted(item) && { resourceDeletionTime: item.capturedAt }),
      })),
      nextToken: next,
    };
  },

  GetDiscoveredResourceCounts({ resourceTypes: types, limit, nextToken }, call) {
    const counts = new Map<string, number>();
    for (const item of latestItems(call)) {
      if (isDeleted(item) || (types?.length && !types.includes(item.type))) continue;
      counts.set(item.type, (counts.get(item.type) ?? 0) + 1);
    }
    const all = [...counts].map(([type, count]) => ({ resourceType: type as ResourceType, count }));
    const { page, next } = pageOf(all, { token: nextToken, limit, usual: 100 });
    return {
      totalDiscoveredResources: all.reduce((sum, { count }) => sum + count, 0),
      resourceCounts: page,
      nextToken: next,
    };
  },
} satisfies ConfigHandlers;
