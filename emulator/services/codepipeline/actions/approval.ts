import type { SNS } from '@aws-sdk/client-sns';
import type { ActionContext, ActionProvider } from './provider';

const sevenDays = 7 * 24 * 60;

/** Waits for PutApprovalResult; who is to answer learns of it, and of the token, by SNS (FACTS C1.2). */
export const manualApproval: ActionProvider = {
  category: 'Approval',
  owner: 'AWS',
  provider: 'Manual',
  inputs: [0, 0],
  outputs: [0, 0],
  timeoutMinutes: sevenDays,
  // text unverified
  timeoutMessage: 'The approval action has expired.',

  async start(context) {
    const token = context.call.random.uuid();
    const { NotificationArn } = context.configuration;
    if (NotificationArn !== undefined) await notify(context, { token, TopicArn: NotificationArn });
    // A pipeline that runs in parallel shows no token: the external id takes its place.
    return context.execution.declaration.executionMode === 'PARALLEL'
      ? { status: 'pending', externalId: token }
      : { status: 'pending', token, externalId: token };
  },
};

async function notify(
  context: ActionContext,
  { token, TopicArn }: { token: string; TopicArn: string },
): Promise<void> {
  const { pipeline, run, call, configuration } = context;
  const minutes = run.declaration.timeoutInMinutes ?? sevenDays;
  const expires = new Date(call.now().getTime() + minutes * 60_000).toISOString().slice(0, 16);
  const console = `https://console.aws.amazon.com/codepipeline/home?region=${call.region}#/view/${pipeline.name}`;
  const { name = '' } = run.declaration;
  const message = {
    region: call.region,
    consoleLink: console,
    approval: {
      pipelineName: pipeline.name,
      stageName: run.stage,
      actionName: name,
      token,
      expires: `${expires}Z`,
      externalEntityLink: configuration['ExternalEntityLink'] ?? null,
      approvalReviewLink: `${console}/${run.stage}/${name}/approve/${token}`,
      customData: configuration['CustomData'] ?? null,
    },
  };
  const sns = await context.client<SNS>('sns');
  await sns.publish({
    TopicArn,
    Subject: `APPROVAL NEEDED: AWS CodePipeline ${pipeline.name} for action ${name}`.slice(0, 100),
    Message: JSON.stringify(message),
  });
}
