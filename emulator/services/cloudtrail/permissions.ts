import type { CloudTrail } from '@aws-sdk/client-cloudtrail';
import type { Permission, Requirements } from '../../service';
import { trailArn } from './find';
import type { CloudTrailCall, CloudTrailState } from './state';

const onTrail =
  (action: string) =>
  (
    input: {
      Name?: string | undefined;
      TrailName?: string | undefined;
      ResourceId?: string | undefined;
    },
    call: CloudTrailCall,
  ): Permission => {
    const name = input.Name ?? input.TrailName ?? input.ResourceId ?? '';
    return {
      action: `cloudtrail:${action}`,
      resources: [name.startsWith('arn:') ? name : trailArn(name, call)],
    };
  };

export const permissions: Requirements<CloudTrail, CloudTrailState> = {
  AddTags: onTrail('AddTags'),
  CreateTrail: onTrail('CreateTrail'),
  DeleteTrail: onTrail('DeleteTrail'),
  GetEventSelectors: onTrail('GetEventSelectors'),
  GetInsightSelectors: onTrail('GetInsightSelectors'),
  GetTrail: onTrail('GetTrail'),
  GetTrailStatus: onTrail('GetTrailStatus'),
  ListTags: ({ ResourceIdList = [] }) => ({
    action: 'cloudtrail:ListTags',
    resources: ResourceIdList,
  }),
  PutInsightSelectors: onTrail('PutInsightSelectors'),
  PutEventSelectors: onTrail('PutEventSelectors'),
  RemoveTags: onTrail('RemoveTags'),
  StartLogging: onTrail('StartLogging'),
  StopLogging: onTrail('StopLogging'),
  UpdateTrail: onTrail('UpdateTrail'),
};
