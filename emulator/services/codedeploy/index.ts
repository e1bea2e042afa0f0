import { CodeDeploy, type CreateDeploymentGroupInput } from '@aws-sdk/client-codedeploy';
import { defineService, type Permission } from '../../service';
import { applications } from './applications';
import { configs } from './configs';
import { deployments } from './deployments';
import { onApplication, onDeployment, onGroup } from './find';
import { groups } from './groups';
import { hooks } from './hooks';
import { revisions } from './revisions';
import { timers, watchAlarm } from './shift';
import { type CodeDeployCall, createState } from './state';
import { tagging } from './tagging';
import { targets } from './targets';
import { view } from './view';

/** Who gives a group its role must be allowed to pass it to CodeDeploy. */
const passing =
  (action: string) =>
  (
    input: Partial<CreateDeploymentGroupInput> & {
      currentDeploymentGroupName?: string | undefined;
    },
    call: CodeDeployCall,
  ): Permission[] => [
    onGroup(action)(input, call),
    ...(input.serviceRoleArn
      ? [
          {
            action: 'iam:PassRole',
            resources: [input.serviceRoleArn],
            context: { 'iam:PassedToService': 'codedeploy.amazonaws.com' },
          },
        ]
      : []),
  ];

const onConfig =
  (action: string) =>
  (
    { deploymentConfigName = '' }: { deploymentConfigName?: string | undefined },
    call: CodeDeployCall,
  ): Permission => ({
    action: `codedeploy:${action}`,
    resources: [call.arn(`deploymentconfig:${deploymentConfigName}`)],
  });

const onResource =
  (action: string) =>
  ({ ResourceArn = '' }: { ResourceArn?: string | undefined }): Permission => ({
    action: `codedeploy:${action}`,
    resources: [ResourceArn],
  });

const allNamed = (
  { applicationNames: names = [] }: { applicationNames?: string[] | undefined },
  call: CodeDeployCall,
): Permission[] =>
  names.map((applicationName) => onApplication('BatchGetApplications')({ applicationName }, call));

const allGroups = (
  input: {
    applicationName?: string | undefined;
    deploymentGroupNames?: string[] | undefined;
  },
  call: CodeDeployCall,
): Permission[] =>
  (input.deploymentGroupNames ?? []).map((deploymentGroupName) =>
    onGroup('BatchGetDeploymentGroups')({ ...input, deploymentGroupName }, call),
  );

export default defineService({
  client: CodeDeploy,
  createState,
  handlers: {
    ...applications,
    ...groups,
    ...configs,
    ...revisions,
    ...deployments,
    ...targets,
    ...hooks,
    ...tagging,
  },
  permissions: {
    BatchGetApplicationRevisions: onApplication('BatchGetApplicationRevisions'),
    BatchGetApplications: allNamed,
    BatchGetDeploymentGroups: allGroups,
    BatchGetDeployments: () => ({ action: 'codedeploy:BatchGetDeployments', resources: ['*'] }),
    BatchGetDeploymentTargets: onDeployment('BatchGetDeploymentTargets'),
    CreateApplication: onApplication('CreateApplication'),
    CreateDeployment: onGroup('CreateDeployment'),
    CreateDeploymentConfig: onConfig('CreateDeploymentConfig'),
    CreateDeploymentGroup: passing('CreateDeploymentGroup'),
    DeleteApplication: onApplication('DeleteApplication'),
    DeleteDeploymentConfig: onConfig('DeleteDeploymentConfig'),
    DeleteDeploymentGroup: onGroup('DeleteDeploymentGroup'),
    GetApplication: onApplication('GetApplication'),
    GetApplicationRevision: onApplication('GetApplicationRevision'),
    GetDeployment: onDeployment('GetDeployment'),
    GetDeploymentConfig: onConfig('GetDeploymentConfig'),
    GetDeploymentGroup: onGroup('GetDeploymentGroup'),
    GetDeploymentTarget: onDeployment('GetDeploymentTarget'),
    ListApplicationRevisions: onApplication('ListApplicationRevisions'),
    ListDeploymentGroups: onApplication('ListDeploymentGroups'),
    ListDeployments: onGroup('ListDeployments'),
    ListDeploymentTargets: onDeployment('ListDeploymentTargets'),
    ListTagsForResource: onResource('ListTagsForResource'),
    // The Service Authorization Reference names no resource; the policy that SAM's documentation of
    // safe deployments gives a hook names its deployment group, and works.
    PutLifecycleEventHookExecutionStatus: onDeployment('PutLifecycleEventHookExecutionStatus'),
    RegisterApplicationRevision: onApplication('RegisterApplicationRevision'),
    StopDeployment: onDeployment('StopDeployment'),
    TagResource: onResource('TagResource'),
    UntagResource: onResource('UntagResource'),
    UpdateApplication: onApplication('UpdateApplication'),
    UpdateDeploymentGroup: passing('UpdateDeploymentGroup'),
  },
  async onChange({ type, id }, call) {
    if (type === 'AWS::CloudWatch::Alarm') await watchAlarm(id, call);
  },
  timers,
  view,
});
