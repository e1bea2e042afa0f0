import type { LifecycleHookSpecification } from '@aws-sdk/client-auto-scaling';
import { number, required, text } from '../../../cloudformation/properties';
import type { Properties } from '../../../cloudformation/provider';

/** A hook of a template as the API takes it; what is not set is as AWS has it by default. */
export const hookInput = (
  hook: Properties,
  name = required(hook, 'LifecycleHookName'),
): LifecycleHookSpecification => ({
  LifecycleHookName: name,
  LifecycleTransition: required(hook, 'LifecycleTransition'),
  HeartbeatTimeout: number(hook, 'HeartbeatTimeout') ?? 3600,
  DefaultResult: text(hook, 'DefaultResult') ?? 'ABANDON',
  NotificationMetadata: text(hook, 'NotificationMetadata'),
  NotificationTargetARN: text(hook, 'NotificationTargetARN'),
  RoleARN: text(hook, 'RoleARN'),
});
