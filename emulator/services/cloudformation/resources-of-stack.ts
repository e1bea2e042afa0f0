import { validationError } from '../../cloudformation/errors';
import type { Stack, StackResource } from '../../cloudformation/stack';
import { findStack, getStack, getStackById } from './find';
import { pageOf } from './pages';
import type { CloudFormationCall, CloudFormationHandlers } from './state';

export const stackResources = {
  DescribeStackResource({ StackName: name, LogicalResourceId: logicalId = '' }, call) {
    const stack = findStack(call, name ?? '');
    if (!stack) throw validationError(`Stack '${name ?? ''}' does not exist`);
    const resource = getResource(stack, logicalId);
    return {
      StackResourceDetail: {
        ...ownerOf(stack),
        ...shown(stack, resource),
        LastUpdatedTimestamp: resource.updatedAt,
        ...(resource.metadata === undefined ? {} : { Metadata: JSON.stringify(resource.metadata) }),
      },
    };
  },

  DescribeStackResources(input, call) {
    const stack = owningStack(call, input);
    const { LogicalResourceId: logicalId } = input;
    const resources = logicalId ? [getResource(stack, logicalId)] : firstOf(stack);
    return {
      StackResources: resources.map((resource) => ({
        ...ownerOf(stack),
        ...shown(stack, resource),
        Timestamp: resource.updatedAt,
      })),
    };
  },

  ListStackResources({ StackName: name, NextToken: token }, call) {
    const stack = getStackById(call, name);
    const resources = [...stack.resources.values()];
    const { page, rest } = pageOf(resources, token);
    return {
      StackResourceSummaries: page.map((resource) => ({
        ...shown(stack, resource),
        LastUpdatedTimestamp: resource.updatedAt,
      })),
      ...rest,
    };
  },
} satisfies CloudFormationHandlers;

/** DescribeStackResources has no pages: it answers the first hundred and leaves the rest out. */
const firstOf = (stack: Stack): StackResource[] => [...stack.resources.values()].slice(0, 100);

/** A resource of a stack by its logical id, or AWS's own refusal. */
export function getResource(stack: Stack, logicalId: string): StackResource {
  const found = stack.resources.get(logicalId);
  if (found) return found;
  throw validationError(`Resource ${logicalId} does not exist for stack ${stack.name}`);
}

interface Owner {
  StackName?: string | undefined;
  PhysicalResourceId?: string | undefined;
}

function owningStack(call: CloudFormationCall, input: Owner): Stack {
  const { StackName: name, PhysicalResourceId: physicalId } = input;
  if (name) return getStackById(call, name);
  for (const id of call.state.names.values()) {
    const stack = getStack(call, id);
    for (const resource of stack.resources.values()) {
      if (resource.physicalId === physicalId) return stack;
    }
  }
  throw validationError(`Stack for ${physicalId ?? ''} does not exist`);
}

const ownerOf = (stack: Stack) => ({ StackName: stack.name, StackId: stack.id });

const shown = (stack: Stack, resource: StackResource) => ({
  LogicalResourceId: resource.logicalId,
  ...(resource.physicalId === undefined ? {} : { PhysicalResourceId: resource.physicalId }),
  ResourceType: resource.type,
  ResourceStatus: resource.status,
  ...(resource.reason === undefined ? {} : { ResourceStatusReason: resource.reason }),
  DriftInformation: driftOf(stack, resource),
});

function driftOf({ drifts }: Stack, { logicalId }: StackResource) {
  const found = drifts?.get(logicalId);
  if (!found) return { StackResourceDriftStatus: 'NOT_CHECKED' as const };
  return {
    StackResourceDriftStatus: found.StackResourceDriftStatus,
    LastCheckTimestamp: found.Timestamp,
  };
}
