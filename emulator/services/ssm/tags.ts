import { InvalidResourceId, type ResourceTypeForTagging } from '@aws-sdk/client-ssm';
import type { Call } from '../../call';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { tagList, tagRecord } from '../../tags';
import { opsItemType } from './ops-items/notify';
import { opsItemsOf } from './ops-items/store';
import type { SsmHandlers, SsmState } from './state';

type Tagged = { tags: Record<string, string> };

const stores = {
  Parameter: { type: 'AWS::SSM::Parameter', of: (state: SsmState) => state.parameters },
  Document: { type: 'AWS::SSM::Document', of: (state: SsmState) => state.documents },
  OpsItem: { type: opsItemType, of: opsItemsOf },
  Automation: { type: 'AWS::SSM::AutomationExecution', of: (state: SsmState) => state.executions },
};

const isStore = (type: string): type is keyof typeof stores => Object.hasOwn(stores, type);

function find(type: ResourceTypeForTagging | undefined, id = '', { state }: Call<SsmState>) {
  if (type === undefined || !isStore(type)) {
    throw awsError('ValidationException', `ssm tags on ${type} are not emulated`);
  }
  const store: ReadonlyMap<string, Tagged> = stores[type].of(state);
  const resource = store.get(id);
  if (!resource) throw refuse(InvalidResourceId, 'Invalid Resource Id');
  return { resource, change: { kind: 'UPDATE', type: stores[type].type, id } as const };
}

export const tags = {
  AddTagsToResource({ ResourceType, ResourceId, Tags }, call) {
    const { resource, change } = find(ResourceType, ResourceId, call);
    Object.assign(resource.tags, tagRecord(Tags));
    call.announce(change);
    return {};
  },

  RemoveTagsFromResource({ ResourceType, ResourceId, TagKeys = [] }, call) {
    const { resource, change } = find(ResourceType, ResourceId, call);
    for (const key of TagKeys) delete resource.tags[key];
    call.announce(change);
    return {};
  },

  ListTagsForResource({ ResourceType, ResourceId }, call) {
    return { TagList: tagList(find(ResourceType, ResourceId, call).resource.tags) };
  },
} satisfies SsmHandlers;
