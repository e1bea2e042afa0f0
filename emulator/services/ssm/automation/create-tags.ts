import type { EC2 } from '@aws-sdk/client-ec2';
import type { SSM } from '@aws-sdk/client-ssm';
import { type Action, failed } from './action';

interface Inputs {
  ResourceType?: string;
  ResourceIds?: string[];
  Tags?: { Key: string; Value: string }[];
}

/** `aws:createTags`: on EC2's resources unless `ResourceType` names one of Systems Manager's. */
export const createTags: Action = async ({ inputs, caller, call }) => {
  const { ResourceType: type = 'EC2', ResourceIds: ids = [], Tags = [] } = inputs as Inputs;
  try {
    if (type === 'EC2') {
      await call.client<EC2>('ec2', caller).createTags({ Resources: ids, Tags });
    } else {
      const ssm = call.client<SSM>('ssm', caller);
      const ResourceType = type as 'Parameter';
      for (const ResourceId of ids) await ssm.addTagsToResource({ ResourceType, ResourceId, Tags });
    }
    return { status: 'Success' };
  } catch (error) {
    const { name, message } = error as Error;
    return failed(`An error occurred (${name}) when tagging: ${message}`);
  }
};
