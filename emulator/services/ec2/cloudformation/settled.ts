import type { EC2 } from '@aws-sdk/client-ec2';
import type { ProviderContext } from '../../../cloudformation/provider';

const pause = 1000;
const patience = 600;

/** The state of an instance, `undefined` when it is not there. */
async function stateOf(ec2: EC2, id: string): Promise<string | undefined> {
  const { Reservations: [reservation] = [] } = await ec2.describeInstances({
    Filters: [{ Name: 'instance-id', Values: [id] }],
  });
  const [instance] = reservation?.Instances ?? [];
  return instance?.State?.Name;
}

/** Waits on the clock until an instance is in a state, as CloudFormation does. */
export async function settled(id: string, state: string, context: ProviderContext): Promise<void> {
  const ec2 = context.client<EC2>('ec2');
  for (let time = 0; time < patience; time += 1) {
    const now = await stateOf(ec2, id);
    if (now === state || now === undefined || !context.sleep) return;
    await context.sleep(pause);
  }
}
