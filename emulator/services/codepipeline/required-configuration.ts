import type { ActionDeclaration } from '@aws-sdk/client-codepipeline';
import { keyOf } from './actions';
import type { CodePipelineCall } from './state';
import { table } from '../../table';

/**
 * What AWS's providers must be told, as https://github.com/badmintoncryer/cdk-preflight has measured
 * it on AWS; providers that are not listed are not judged.
 */
const required: Record<string, string[]> = table({
  'Source/AWS/S3/1': ['S3Bucket', 'S3ObjectKey'],
  'Source/AWS/ECR/1': ['RepositoryName'],
  'Source/AWS/CodeCommit/1': ['RepositoryName', 'BranchName'],
  'Deploy/AWS/S3/1': ['BucketName', 'Extract'],
  'Deploy/AWS/CodeDeploy/1': ['ApplicationName', 'DeploymentGroupName'],
  'Deploy/AWS/CloudFormation/1': ['ActionMode', 'StackName'],
  'Deploy/AWS/ECS/1': ['ClusterName', 'ServiceName'],
  'Deploy/AWS/ElasticBeanstalk/1': ['ApplicationName', 'EnvironmentName'],
  'Build/AWS/CodeBuild/1': ['ProjectName'],
  'Test/AWS/CodeBuild/1': ['ProjectName'],
  'Invoke/AWS/Lambda/1': ['FunctionName'],
  'Invoke/AWS/StepFunctions/1': ['StateMachineArn'],
  'Invoke/AWS/CodePipeline/1': ['PipelineName'],
});

/** The first key that an action's provider needs and its configuration lacks. */
export function missingConfiguration(
  { actionTypeId, configuration = {} }: ActionDeclaration,
  { state }: CodePipelineCall,
): string | undefined {
  const key = keyOf(actionTypeId);
  const own = state.customTypes.get(key)?.actionConfigurationProperties ?? [];
  const needed = required[key] ?? own.flatMap(({ required: is, name = '' }) => (is ? name : []));
  return needed.find((name) => !configuration[name]);
}
