import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { deploymentKey, deploymentType } from '../../cloudformation/deployment/alias-update';
import { heal } from '../../cloudformation/deployment/heal';
import { defineService } from '../../service';
import { seedBootstrap } from './bootstrap';
import { changeSets } from './change-sets';
import { deletion } from './deletion';
import { descriptions } from './descriptions';
import { drift } from './drift';
import { events } from './events';
import { exportedValues } from './exports';
import { permissions } from './permissions';
import { recall } from './proposal';
import { receive } from './receive';
import { signals } from './signals';
import { stackResources } from './resources-of-stack';
import { rollbacks } from './rollbacks';
import { stackPolicies } from './stack-policies';
import { stacks } from './stacks';
import { type CloudFormationCall, type CloudFormationHandlers, createState } from './state';
import { templates } from './templates';
import { view } from './view';

export default defineService({
  client: CloudFormation,
  createState,
  handlers: healedFirst({
    ...changeSets,
    ...deletion,
    ...descriptions,
    ...drift,
    ...events,
    ...exportedValues,
    ...rollbacks,
    ...signals,
    ...stackPolicies,
    ...stackResources,
    ...stacks,
    ...templates,
  }),
  permissions,
  async onChange({ type, id }, call) {
    if (type !== deploymentType) return;
    await takeUp(call);
    call.wake(deploymentKey(id));
  },
  receive,
  seed: seedBootstrap,
  view,
});

const takeUp = (call: CloudFormationCall): Promise<void> =>
  heal(call, async (stack) => (await recall(call, stack.settings, stack)).model);

/** Before anything is answered, what a stopped emulator left half done is brought to an end. */
function healedFirst(handlers: CloudFormationHandlers): CloudFormationHandlers {
  const healed = Object.entries(handlers).map(([name, handle]) => [
    name,
    async (input: never, call: CloudFormationCall) => {
      await takeUp(call);
      return handle(input, call);
    },
  ]);
  return Object.fromEntries(healed) as CloudFormationHandlers;
}
