import type { CreateDeploymentGroupInput } from '@aws-sdk/client-codedeploy';
import type { Account } from '../../checker/account';
import type { Mutant, Refused } from '../../checker/mutant';
import { codeMutants } from './mutants/of-build';
import { pipelineMutants } from './mutants/of-pipeline';
import { templateMutants } from './mutants/of-template';
import type SolutionStack from './solution/stack';

export const mutants: Mutant<SolutionStack>[] = [
  ...templateMutants,
  ...codeMutants,
  ...pipelineMutants,
];

/** A deployment group of an application that was just made. */
async function groupWith(
  { codedeploy, outputs }: Account,
  settings: Partial<CreateDeploymentGroupInput>,
): Promise<unknown> {
  await codedeploy.createApplication({ applicationName: 'orders', computePlatform: 'Lambda' });
  return codedeploy.createDeploymentGroup({
    applicationName: 'orders',
    deploymentGroupName: 'live',
    serviceRoleArn: outputs['DeployRoleArn'],
    deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
    ...settings,
  });
}

export const refused: Refused[] = [
  {
    name: 'a deployment group that rolls back on no event',
    call: (account) =>
      groupWith(account, { autoRollbackConfiguration: { enabled: true, events: [] } }),
    error: 'InvalidAutoRollbackConfigException',
    says: 'at least one event specified',
    hint: { task: 'd', says: 'Automatic rollback without an event is refused' },
  },
  {
    name: 'a deployment group for functions that deploys in place',
    call: (account) =>
      groupWith(account, {
        deploymentStyle: {
          deploymentType: 'IN_PLACE',
          deploymentOption: 'WITHOUT_TRAFFIC_CONTROL',
        },
      }),
    error: 'InvalidDeploymentStyleException',
    says: 'BLUE_GREEN',
    hint: { task: 'c', says: 'any other style is refused' },
  },
  {
    name: 'a pipeline of one stage',
    call: ({ codepipeline, outputs }) =>
      codepipeline.createPipeline({
        pipeline: {
          name: 'orders',
          roleArn: outputs['DeployRoleArn'],
          artifactStore: { type: 'S3', location: outputs['ArtifactsBucketName'] },
          stages: [
            {
              name: 'Source',
              actions: [
                {
                  name: 'Release',
                  actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
                  configuration: {
                    S3Bucket: outputs['ReleasesBucketName'] ?? '',
                    S3ObjectKey: 'release.zip',
                  },
                  outputArtifacts: [{ name: 'Code' }],
                },
              ],
            },
          ],
        },
      }),
    error: 'InvalidStructureException',
    says: 'stages',
    hint: { task: 'b', says: 'a pipeline of one stage is refused' },
  },
];
