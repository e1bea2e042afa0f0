import type { ResourceProviders } from '../../cloudformation/provider';
import { group } from './cloudformation/group';
import { hook } from './cloudformation/hook';
import { policy } from './cloudformation/policy';

const providers: ResourceProviders = {
  'AWS::AutoScaling::AutoScalingGroup': group,
  'AWS::AutoScaling::LifecycleHook': hook,
  'AWS::AutoScaling::ScalingPolicy': policy,
};

export default providers;
