import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
import { asText } from '../../../cloudformation/as-text';
import { ignoring, required, text } from '../../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { hookInput } from './hook-input';

async function put(name: string, properties: Properties, context: ProviderContext) {
  const AutoScalingGroupName = required(properties, 'AutoScalingGroupName');
  await context.client<AutoScaling>('auto-scaling').putLifecycleHook({
    AutoScalingGroupName,
    ...hookInput(properties, name),
  });
  return { physicalId: name };
}

/** AWS::AutoScaling::LifecycleHook; Ref answers its name, which only its group knows. */
export const hook: ResourceProvider = {
  properties: [
    'AutoScalingGroupName',
    'DefaultResult',
    'HeartbeatTimeout',
    'LifecycleHookName',
    'LifecycleTransition',
    'NotificationMetadata',
    'NotificationTargetARN',
    'RoleARN',
  ],
  create: (properties, context) =>
    put(text(properties, 'LifecycleHookName') ?? context.physicalName(255), properties, context),
  update: (name, { properties }, context) => put(name, properties, context),
  delete: (LifecycleHookName, properties, context) =>
    ignoring(
      ['ValidationError'],
      context.client<AutoScaling>('auto-scaling').deleteLifecycleHook({
        AutoScalingGroupName: required(properties, 'AutoScalingGroupName'),
        LifecycleHookName,
      }),
    ),
  async read(name, properties, context) {
    const named = { AutoScalingGroupName: asText(properties['AutoScalingGroupName']) };
    const scaling = context.client<AutoScaling>('auto-scaling');
    const { AutoScalingGroups: [group] = [] } = await scaling.describeAutoScalingGroups({
      AutoScalingGroupNames: [named.AutoScalingGroupName],
    });
    if (!group) return undefined;
    const { LifecycleHooks = [] } = await scaling.describeLifecycleHooks(named);
    const found = LifecycleHooks.find(({ LifecycleHookName }) => LifecycleHookName === name);
    return found && { ...found };
  },
};
