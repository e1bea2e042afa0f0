import {
  CloudTrailARNInvalidException,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudtrail';
import { refuse } from '../../refuse';
import { tagList, tagRecord } from '../../tags';
import { changeable, trailAt } from './find';
import type { CloudTrailCall, CloudTrailHandlers, Trail } from './state';

const type = 'AWS::CloudTrail::Trail';

export const tagging = {
  AddTags({ ResourceId, TagsList }, call) {
    const trail = changeable(tagged(ResourceId, call).arn, call);
    Object.assign(trail.tags, tagRecord(TagsList));
    call.announce({ kind: 'UPDATE', type, id: trail.name });
  },

  RemoveTags({ ResourceId, TagsList = [] }, call) {
    const trail = changeable(tagged(ResourceId, call).arn, call);
    for (const { Key = '' } of TagsList) delete trail.tags[Key];
    call.announce({ kind: 'UPDATE', type, id: trail.name });
  },

  ListTags({ ResourceIdList = [] }, call) {
    return {
      ResourceTagList: ResourceIdList.map((ResourceId) => ({
        ResourceId,
        TagsList: tagList(tagged(ResourceId, call).tags),
      })),
    };
  },
} satisfies CloudTrailHandlers;

/** The trail that a request about tags names, by its ARN alone. */
function tagged(arn: string | undefined, call: CloudTrailCall): Trail {
  // The texts of both refusals are unverified.
  if (!arn?.startsWith('arn:'))
    throw refuse(CloudTrailARNInvalidException, `Invalid trail ARN: ${arn}`);
  const trail = trailAt(arn, call);
  if (trail) return trail;
  throw refuse(ResourceNotFoundException, `Resource not found: ${arn}`);
}
