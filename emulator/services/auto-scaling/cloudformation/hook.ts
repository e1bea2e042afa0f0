import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
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
  return { physicalId: `${AutoScalingGroupName}|${name}` };
}

const nameIn = (id: string) => id.split('|')[1] ?? id;

/** AWS::AutoScaling::LifecycleHook; its physical id is `group|hook`, its primary identifier. */
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
  update: (id, { properties }, context) => put(nameIn(id), properties, context),
  delete: (id, properties, context) =>
    ignoring(
      ['ValidationError'],
      context.client<AutoScaling>('auto-scaling').deleteLifecycleHook({
        AutoScalingGroupName: required(properties, 'AutoScalingGroupName'),
        LifecycleHookName: nameIn(id),
      }),
    ),
};
