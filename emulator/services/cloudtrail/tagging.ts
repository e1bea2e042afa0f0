import { tagList, tagRecord } from '../../tags';
import { changeable, findTrail } from './find';
import type { CloudTrailHandlers } from './state';

const type = 'AWS::CloudTrail::Trail';

export const tagging = {
  AddTags({ ResourceId, TagsList }, call) {
    const trail = changeable(ResourceId, call);
    Object.assign(trail.tags, tagRecord(TagsList));
    call.announce({ kind: 'UPDATE', type, id: trail.name });
  },

  RemoveTags({ ResourceId, TagsList = [] }, call) {
    const trail = changeable(ResourceId, call);
    for (const { Key = '' } of TagsList) delete trail.tags[Key];
    call.announce({ kind: 'UPDATE', type, id: trail.name });
  },

  ListTags({ ResourceIdList = [] }, call) {
    return {
      ResourceTagList: ResourceIdList.map((ResourceId) => ({
        ResourceId,
        TagsList: tagList(findTrail(ResourceId, call).tags),
      })),
    };
  },
} satisfies CloudTrailHandlers;
