import type { StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { canDrift, detectDrift } from '../../cloudformation/drift/detect';
import { validationError } from '../../cloudformation/errors';
import type { Stack, StackResource } from '../../cloudformation/stack';
import { getStack } from './find';
import { pageOf } from './pages';
import { getResource } from './resources-of-stack';
import type { CloudFormationCall, CloudFormationHandlers } from './state';

export const drift = {
  async DetectStackDrift({ StackName: name, LogicalResourceIds: logicalIds = [] }, call) {
    const stack = getStack(call, name);
    checkDetectable(stack);
    for (const logicalId of logicalIds) getResource(stack, logicalId);
    await detectDrift(call, stack, logicalIds);
    const drifted = [...(stack.drifts?.values() ?? [])].filter(isDrifted).length;
    const status = drifted > 0 ? 'DRIFTED' : 'IN_SYNC';
    stack.drift = { status, checkedAt: call.now() };
    const id = call.random.uuid();
    const detections = (call.state.detections ??= new Map());
    detections.set(id, { stackId: stack.id, status, drifted, at: call.now() });
    return { StackDriftDetectionId: id };
  },

  DescribeStackDriftDetectionStatus({ StackDriftDetectionId: id = '' }, { state }) {
    const found = state.detections?.get(id);
    if (!found) {
      // Text not verified against AWS.
      throw validationError(`Drift detection information does not exist for id ${id}`);
    }
    return {
      StackId: found.stackId,
      StackDriftDetectionId: id,
      StackDriftStatus: found.status,
      DetectionStatus: 'DETECTION_COMPLETE',
      DriftedStackResourceCount: found.drifted,
      Timestamp: found.at,
    };
  },

  async DetectStackResourceDrift({ StackName: name, LogicalResourceId: logicalId = '' }, call) {
    const stack = getStack(call, name);
    checkDetectable(stack);
    checkSupported(call, getResource(stack, logicalId));
    const [found] = await detectDrift(call, stack, [logicalId]);
    if (!found) throw validationError(`Resource ${logicalId} does not exist for stack ${name}`);
    return { StackResourceDrift: found };
  },

  DescribeStackResourceDrifts(input, call) {
    const stack = getStack(call, input.StackName);
    const filters: string[] = input.StackResourceDriftStatusFilters ?? [];
    const found = [...(stack.drifts?.values() ?? [])].filter(
      ({ StackResourceDriftStatus: status = '' }) =>
        filters.length === 0 || filters.includes(status),
    );
    const { page, rest } = pageOf(found, input.NextToken, input.MaxResults);
    return { StackResourceDrifts: page, ...rest };
  },
} satisfies CloudFormationHandlers;

const isDrifted = ({ StackResourceDriftStatus: status }: StackResourceDrift): boolean =>
  status === 'MODIFIED' || status === 'DELETED';

const detectable = [
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'UPDATE_ROLLBACK_FAILED',
];

function checkDetectable({ id, status }: Stack): void {
  if (detectable.includes(status)) return;
  throw validationError(
    `Drift detection cannot be performed on stack [${id}] while it is in [${status}] state`,
  );
}

function checkSupported(call: CloudFormationCall, { type }: StackResource): void {
  if (canDrift(call, type)) return;
  // Text not verified against AWS.
  throw validationError(`Drift detection is not supported for resource type ${type}`);
}
