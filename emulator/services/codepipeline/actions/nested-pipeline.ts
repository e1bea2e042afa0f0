import type { CodePipeline } from '@aws-sdk/client-codepipeline';
import type { ActionContext, ActionOutcome, ActionProvider } from './provider';

/** Runs another pipeline and ends as that execution ends. */
export const nestedPipeline: ActionProvider = {
  category: 'Invoke',
  owner: 'AWS',
  provider: 'CodePipeline',
  inputs: [0, 0],
  outputs: [0, 0],
  isV2Only: true,

  async start(context) {
    const codepipeline = await context.client<CodePipeline>('codepipeline');
    const { pipelineExecutionId = '' } = await codepipeline.startPipelineExecution({
      name: context.configuration['PipelineName'],
    });
    return {
      status: 'pending',
      externalId: pipelineExecutionId,
      watch: { type: 'AWS::CodePipeline::Execution', ids: [pipelineExecutionId] },
    };
  },

  resume: look,
};

async function look(context: ActionContext): Promise<ActionOutcome> {
  const codepipeline = await context.client<CodePipeline>('codepipeline');
  const { pipelineExecution } = await codepipeline.getPipelineExecution({
    pipelineName: context.configuration['PipelineName'],
    pipelineExecutionId: context.run.externalId,
  });
  const { status } = pipelineExecution ?? {};
  if (status === 'InProgress' || status === 'Stopping') return { status: 'pending' };
  if (status === 'Succeeded') return { status: 'Succeeded' };
  return {
    status: 'Failed',
    code: 'JobFailed',
    message: `The pipeline execution ended with the status ${status}.`, // text unverified
  };
}
