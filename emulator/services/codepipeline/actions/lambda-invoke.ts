import type { Lambda } from '@aws-sdk/client-lambda';
import { jobData } from '../job-data';
import type { Job } from '../state';
import type { ActionContext, ActionOutcome, ActionProvider } from './provider';

/** The function is called with a job and has to report on it; until then the action goes on. */
export const lambdaInvoke: ActionProvider = {
  category: 'Invoke',
  owner: 'AWS',
  provider: 'Lambda',
  inputs: [0, 5],
  outputs: [0, 5],
  // text unverified
  timeoutMessage: 'The AWS Lambda function failed to return a result.',

  start: (context) => {
    const { random } = context.call;
    return invoke(context, { id: random.uuid(), nonce: random.upper(8), status: 'InProgress' });
  },

  resume: (context) => (context.run.job ? invoke(context, context.run.job) : { status: 'pending' }),
};

async function invoke(context: ActionContext, job: Job): Promise<ActionOutcome> {
  const outputs = context.run.outputs.length
    ? context.run.outputs
    : (context.run.declaration.outputArtifacts ?? []).map(({ name = '' }) => context.locate(name));
  context.run.job = job;
  context.run.outputs = outputs;
  const lambda = await context.client<Lambda>('lambda');
  await lambda.invoke({
    FunctionName: context.configuration['FunctionName'],
    InvocationType: 'Event',
    Payload: Buffer.from(JSON.stringify({ 'CodePipeline.job': await jobFor(context, job) })),
  });
  return { status: 'pending', job, externalId: job.id, outputs };
}

const jobFor = async (context: ActionContext, job: Job) => ({
  id: job.id,
  accountId: context.call.accountId,
  data: jobData(context, context.run),
});
