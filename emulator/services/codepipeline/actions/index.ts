import type { ActionTypeId } from '@aws-sdk/client-codepipeline';
import type { CodePipelineCall } from '../state';
import { manualApproval } from './approval';
import { cloudFormation } from './cloudformation';
import { codeBuildBuild, codeBuildTest } from './codebuild';
import { customAction } from './custom';
import { lambdaDeploy } from './lambda-deploy';
import { lambdaInvoke } from './lambda-invoke';
import { nestedPipeline } from './nested-pipeline';
import type { ActionProvider } from './provider';
import { s3Source } from './s3-source';

/** The providers of AWS's whose actions run here. */
export const providers: readonly ActionProvider[] = [
  manualApproval,
  cloudFormation,
  codeBuildBuild,
  codeBuildTest,
  lambdaDeploy,
  lambdaInvoke,
  nestedPipeline,
  s3Source,
];

/** `Deploy/AWS/CloudFormation/1` */
export const keyOf = ({ category, owner, provider, version }: Partial<ActionTypeId> = {}): string =>
  [category, owner, provider, version].join('/');

/** The provider of an action; of a custom one whoever polls for its jobs. */
export function providerOf(
  type: ActionTypeId | undefined,
  { state }: CodePipelineCall,
): ActionProvider | undefined {
  const custom = type?.owner === 'Custom' ? state.customTypes.get(keyOf(type)) : undefined;
  if (custom) return customAction(custom);
  return providers.find(
    ({ category, owner, provider }) =>
      keyOf({ category, owner, provider, version: '1' }) === keyOf(type),
  );
}
