import type {
  Change,
  ChangeSetSummary,
  DescribeChangeSetOutput,
  ResourceChange,
} from '@aws-sdk/client-cloudformation';
import type { ChangeSet } from '../../cloudformation/change-set';
import type { Stack } from '../../cloudformation/stack';
import { shownParameters } from '../../cloudformation/template/parameters';

interface Page {
  changes: ResourceChange[];
  showsValues: boolean;
}

/** A change set as DescribeChangeSet answers it. */
export function describeChangeSet(
  changeSet: ChangeSet,
  stack: Stack,
  { changes, showsValues }: Page,
): DescribeChangeSetOutput {
  const { settings, onStackFailure } = changeSet;
  return {
    ...summaryOf(changeSet, stack),
    Parameters: shownParameters(settings.parameters),
    NotificationARNs: settings.notificationArns,
    RollbackConfiguration: {},
    Capabilities: settings.capabilities,
    Tags: settings.tags,
    OnStackFailure: onStackFailure,
    Changes: changes.map((change) => shownChange(change, showsValues)),
  };
}

/** A change set as ListChangeSets answers it. */
export const summaryOf = (changeSet: ChangeSet, stack: Stack): ChangeSetSummary => ({
  ChangeSetName: changeSet.name,
  ChangeSetId: changeSet.id,
  StackId: stack.id,
  StackName: stack.name,
  Description: changeSet.description,
  CreationTime: changeSet.createdAt,
  ExecutionStatus: changeSet.executionStatus,
  Status: changeSet.status,
  StatusReason: changeSet.reason,
  IncludeNestedStacks: false,
});

function shownChange(change: ResourceChange, showsValues: boolean): Change {
  if (showsValues) return { Type: 'Resource', ResourceChange: change };
  const { BeforeContext: _before, AfterContext: _after, Details: details = [], ...rest } = change;
  return {
    Type: 'Resource',
    ResourceChange: {
      ...rest,
      Details: details.map(({ Target: target, ...detail }) => ({
        ...detail,
        Target: {
          ...(target?.Attribute ? { Attribute: target.Attribute } : {}),
          ...(target?.Name ? { Name: target.Name } : {}),
          ...(target?.RequiresRecreation ? { RequiresRecreation: target.RequiresRecreation } : {}),
        },
      })),
    },
  };
}
