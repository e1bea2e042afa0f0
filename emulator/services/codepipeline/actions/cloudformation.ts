import type { CloudFormation, Stack } from '@aws-sdk/client-cloudformation';
import { roleOf, stackInput, stackNameOf } from './cloudformation-stack';
import { done } from './cloudformation-outputs';
import type { ActionContext, ActionOutcome, ActionProvider } from './provider';
import { table } from '../../../table';

const threeDays = 3 * 24 * 60;

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html */
export const cloudFormation: ActionProvider = {
  category: 'Deploy',
  owner: 'AWS',
  provider: 'CloudFormation',
  inputs: [0, 10],
  outputs: [0, 1],
  timeoutMinutes: threeDays,

  async start(context) {
    const mode = context.configuration['ActionMode'] ?? '';
    const begin = modes[mode];
    // text unverified
    if (!begin) throw new Error(`The action mode '${mode}' is not valid.`);
    return begin(context, await context.client<CloudFormation>('cloudformation'));
  },

  async resume(context) {
    return look(context, await context.client<CloudFormation>('cloudformation'));
  },
};

type Mode = (context: ActionContext, cloudformation: CloudFormation) => Promise<ActionOutcome>;

const modes: Record<string, Mode | undefined> = table({
  CREATE_UPDATE: createOrUpdate,
  REPLACE_ON_FAILURE: replaceOnFailure,
  CHANGE_SET_REPLACE: replaceChangeSet,
  CHANGE_SET_EXECUTE: executeChangeSet,
  DELETE_ONLY: deleteStack,
});

async function createOrUpdate(
  context: ActionContext,
  cloudformation: CloudFormation,
): Promise<ActionOutcome> {
  const input = await stackInput(context);
  const existing = await stackOf(cloudformation, input.StackName);
  if (!existing) return wait(context, cloudformation, await cloudformation.createStack(input));
  try {
    return await wait(context, cloudformation, await cloudformation.updateStack(input));
  } catch (error) {
    if (!(error instanceof Error && /No updates are to be performed/.test(error.message)))
      throw error;
    return done(context, existing, 'No updates are to be performed.');
  }
}

/** A stack that has failed makes room for a new one. */
async function replaceOnFailure(
  context: ActionContext,
  cloudformation: CloudFormation,
): Promise<ActionOutcome> {
  const existing = await stackOf(cloudformation, stackNameOf(context));
  if (!/FAILED$|^ROLLBACK_COMPLETE$/.test(existing?.StackStatus ?? ''))
    return createOrUpdate(context, cloudformation);
  context.run.memory['next'] = 'create';
  await cloudformation.deleteStack({ StackName: existing?.StackId, ...roleOf(context) });
  return wait(context, cloudformation, existing ?? {});
}

async function replaceChangeSet(
  context: ActionContext,
  cloudformation: CloudFormation,
): Promise<ActionOutcome> {
  const input = await stackInput(context);
  const ChangeSetName = context.configuration['ChangeSetName'];
  const existing = await stackOf(cloudformation, input.StackName);
  const isNew = !existing || existing.StackStatus === 'REVIEW_IN_PROGRESS';
  if (existing) await cloudformation.deleteChangeSet({ StackName: input.StackName, ChangeSetName });
  const { Id } = await cloudformation.createChangeSet({
    ...input,
    ChangeSetName,
    ChangeSetType: isNew ? 'CREATE' : 'UPDATE',
  });
  const { Status, StatusReason = '' } = await cloudformation.describeChangeSet({
    ChangeSetName: Id,
  });
  const isEmpty = /didn't contain changes|No updates/.test(StatusReason);
  if (Status === 'FAILED' && !isEmpty)
    return { status: 'Failed', code: 'JobFailed', message: StatusReason };
  return {
    status: 'Succeeded',
    externalId: Id ?? '',
    summary: `Change set ${ChangeSetName} was created.`,
  };
}

async function executeChangeSet(
  context: ActionContext,
  cloudformation: CloudFormation,
): Promise<ActionOutcome> {
  const StackName = stackNameOf(context);
  const ChangeSetName = context.configuration['ChangeSetName'];
  const { Status, StatusReason } = await cloudformation.describeChangeSet({
    StackName,
    ChangeSetName,
  });
  const stack = await stackOf(cloudformation, StackName);
  if (Status === 'FAILED') return done(context, stack ?? {}, StatusReason ?? '');
  await cloudformation.executeChangeSet({ StackName, ChangeSetName });
  return wait(context, cloudformation, stack ?? {});
}

async function deleteStack(
  context: ActionContext,
  cloudformation: CloudFormation,
): Promise<ActionOutcome> {
  const stack = await stackOf(cloudformation, stackNameOf(context));
  if (!stack) return { status: 'Succeeded', summary: 'The stack does not exist.' };
  await cloudformation.deleteStack({ StackName: stack.StackId, ...roleOf(context) });
  return wait(context, cloudformation, stack);
}

async function stackOf(
  cloudformation: CloudFormation,
  StackName: string,
): Promise<Stack | undefined> {
  try {
    return (await cloudformation.describeStacks({ StackName })).Stacks?.[0];
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

const watching = (id: string) => ({ type: 'AWS::CloudFormation::Stack', ids: [id] });

/** Looks at once: a quick stack is done when the call has answered. */
async function wait(
  context: ActionContext,
  cloudformation: CloudFormation,
  { StackId = '' }: { StackId?: string | undefined },
): Promise<ActionOutcome> {
  context.run.externalId = StackId;
  return look(context, cloudformation);
}

const isGood = /^(CREATE|UPDATE|IMPORT)_COMPLETE$/;

async function look(
  context: ActionContext,
  cloudformation: CloudFormation,
): Promise<ActionOutcome> {
  const { externalId: id = '', memory } = context.run;
  const stack = (await stackOf(cloudformation, id)) ?? deleted;
  const status = String(stack.StackStatus);
  if (status.endsWith('_IN_PROGRESS'))
    return { status: 'pending', externalId: id, watch: watching(id) };
  if (memory['next'] === 'create') {
    delete memory['next'];
    return createOrUpdate(context, cloudformation);
  }
  const isWanted = isDeletion(context) ? isDeleted(stack) : isGood.test(status);
  const summary = `Stack ${stackNameOf(context)}: ${status}`;
  return isWanted ? done(context, stack, summary) : failed(context, stack);
}

const isDeletion = ({ configuration }: ActionContext): boolean =>
  configuration['ActionMode'] === 'DELETE_ONLY';

const deleted: Partial<Stack> = { StackStatus: 'DELETE_COMPLETE' };

const isDeleted = ({ StackStatus }: Partial<Stack>): boolean => StackStatus === 'DELETE_COMPLETE';

// text unverified
function failed(
  context: ActionContext,
  { StackStatus, StackStatusReason = '' }: Partial<Stack>,
): ActionOutcome {
  const message = `The stack ${stackNameOf(context)} is in the status ${StackStatus}. ${StackStatusReason}`;
  const externalId = context.run.externalId ?? '';
  return { status: 'Failed', externalId, code: 'JobFailed', message: message.trim() };
}
