import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline';
import type { Account } from '../../../checker/account';
import { fail, type Outcome, pass, type Proof } from '../../../checker/check';
import { findLive, type Live, ordersStack } from '../release/live';
import { findPipeline } from '../release/pipeline';

interface Told {
  seen: string;
  wanted: string;
  where: string;
  proof: Proof;
}

/** One sentence for both verdicts: what was seen decides by itself. */
export const judge = (isRight: boolean, told: Told): Outcome =>
  isRight ? pass(told.seen, told.proof) : fail(told);

/** Judges the pipeline whose source is the releases bucket. */
export async function withPipeline(
  account: Account,
  look: (pipeline: PipelineDeclaration & { name: string }) => Promise<Outcome>,
): Promise<Outcome> {
  const pipeline = await findPipeline(account);
  if (pipeline?.name !== undefined) return look({ ...pipeline, name: pipeline.name });
  return fail({
    seen: 'No pipeline has the releases bucket as its source.',
    wanted: 'A pipeline that releases what lies in the bucket.',
    where: 'CodePipeline, Pipelines; in CloudFormation AWS::CodePipeline::Pipeline',
    proof: {
      call: 'codepipeline:ListPipelines',
      resource: 'CodePipeline',
      path: 'pipelines[].stages[].actions[].configuration.S3Bucket',
      expected: account.outputs['ReleasesBucketName'],
      actual: 'none',
    },
  });
}

/** Judges the alias that customers call. */
export async function withLive(
  account: Account,
  look: (live: Live) => Promise<Outcome>,
): Promise<Outcome> {
  const live = await findLive(account);
  if (live) return look(live);
  const stack = ordersStack(account);
  return fail({
    seen: `The stack ${stack} has no alias live.`,
    wanted: 'The alias live of the orders function, made by the stack.',
    where: `CloudFormation, ${stack}, Resources`,
    proof: {
      call: 'cloudformation:DescribeStacks',
      resource: stack,
      path: 'resources of the type AWS::Lambda::Alias',
      expected: 'live',
      actual: 'none',
    },
  });
}

/** What reading the pipeline and the alias takes. */
export const pipelineReads = ['codepipeline:ListPipelines', 'codepipeline:GetPipeline'];

export const liveReads = [
  'cloudformation:DescribeStacks',
  'cloudformation:GetTemplate',
  'cloudformation:ListStackResources',
];

export const groupReads = [...liveReads, 'codedeploy:GetDeploymentGroup'];
