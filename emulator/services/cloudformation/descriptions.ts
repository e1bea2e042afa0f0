import type { Stack as ShownStack, StackSummary } from '@aws-sdk/client-cloudformation';
import type { Stack } from '../../cloudformation/stack';
import { shownParameters } from '../../cloudformation/template/parameters';
import { eventsOf } from '../../cloudformation/event-log';
import { allStacks, existingStacks, getStack, getStackById } from './find';
import { pageOf } from './pages';
import type { CloudFormationHandlers } from './state';

export const descriptions = {
  DescribeStacks({ StackName: name, NextToken: token }, call) {
    if (name) return { Stacks: [shownStack(getStackById(call, name))] };
    const { page, rest } = pageOf(existingStacks(call), token);
    return { Stacks: page.map(shownStack), ...rest };
  },

  ListStacks({ StackStatusFilter: filter = [], NextToken: token }, call) {
    const wanted: string[] = filter;
    const found = allStacks(call).filter(
      ({ status }) => wanted.length === 0 || wanted.includes(status),
    );
    const { page, rest } = pageOf(found, token);
    return { StackSummaries: page.map(summaryOf), ...rest };
  },

  DescribeStackEvents({ StackName: name, NextToken: token }, call) {
    const events = eventsOf(call).of(getStack(call, name).id).toReversed();
    const { page, rest } = pageOf(events, token);
    return { StackEvents: page, ...rest };
  },
} satisfies CloudFormationHandlers;

const driftOf = ({ drift }: Stack) =>
  drift
    ? { StackDriftStatus: drift.status, LastCheckTimestamp: drift.checkedAt }
    : { StackDriftStatus: 'NOT_CHECKED' as const };

function shownStack(stack: Stack): ShownStack {
  const { settings } = stack;
  const isDeleted = stack.status === 'DELETE_COMPLETE';
  return {
    ...summaryMembers(stack),
    ...(stack.changeSetId === undefined || isDeleted ? {} : { ChangeSetId: stack.changeSetId }),
    ...(settings.description === undefined ? {} : { Description: settings.description }),
    Parameters: shownParameters(settings.parameters),
    RollbackConfiguration: {},
    DisableRollback: stack.onFailure === 'DO_NOTHING',
    ...(stack.retainsExceptOnCreate ? { RetainExceptOnCreate: true } : {}),
    NotificationARNs: settings.notificationArns,
    ...(stack.timeoutInMinutes === undefined ? {} : { TimeoutInMinutes: stack.timeoutInMinutes }),
    Capabilities: settings.capabilities,
    Outputs: stack.outputs,
    ...(settings.roleArn === undefined ? {} : { RoleARN: settings.roleArn }),
    Tags: settings.tags,
    ...(isDeleted ? {} : { EnableTerminationProtection: stack.isProtected }),
    DriftInformation: driftOf(stack),
  };
}

const summaryOf = (stack: Stack): StackSummary => ({
  ...summaryMembers(stack),
  ...(stack.settings.description === undefined
    ? {}
    : { TemplateDescription: stack.settings.description }),
  DriftInformation: driftOf(stack),
});

const summaryMembers = (stack: Stack) => ({
  StackId: stack.id,
  StackName: stack.name,
  ...(stack.parentId === undefined ? {} : { ParentId: stack.parentId, RootId: stack.rootId }),
  CreationTime: stack.createdAt,
  ...(stack.updatedAt ? { LastUpdatedTime: stack.updatedAt } : {}),
  ...(stack.deletedAt ? { DeletionTime: stack.deletedAt } : {}),
  StackStatus: stack.status,
  ...(stack.reason === undefined ? {} : { StackStatusReason: stack.reason }),
  LastOperations: (stack.operations ?? [])
    .slice(-2)
    .toReversed()
    .map(({ id, type }) => ({ OperationType: type, OperationId: id })),
});
