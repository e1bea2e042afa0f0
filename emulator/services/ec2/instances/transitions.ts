import type { InstanceStateName } from '@aws-sdk/client-ec2';
import { detach, interfacesOf } from '../interfaces/attachment';
import { newPublicIp } from '../interfaces/names';
import { announce, remove } from '../kinds';
import { all, type Ec2Call } from '../state';
import { detachVolume, volumesOf } from '../volumes/attachment';
import type { Instance } from './instance';

/** Where a passing state leads, and how long it lasts in milliseconds. */
const next: Partial<Record<InstanceStateName, { to: InstanceStateName; after: number }>> = {
  pending: { to: 'running', after: 2000 },
  stopping: { to: 'stopped', after: 2000 },
  'shutting-down': { to: 'terminated', after: 2000 },
};

interface Due {
  id: string;
  to: InstanceStateName;
}

const timerOf = (id: string) => `transition/${id}`;

/** Puts an instance into a state, tells the account's bus, and has the clock lead on from there. */
export function enter(call: Ec2Call, instance: Instance, state: InstanceStateName): void {
  const { id } = instance;
  instance.state = state;
  call.timers.cancel(timerOf(id));
  onEntry[state]?.(call, instance);
  announce(call, state === 'terminated' ? 'DELETE' : 'UPDATE', ['instance', id]);
  call.emit({
    source: 'aws.ec2',
    detailType: 'EC2 Instance State-change Notification',
    resources: [call.arn(`instance/${id}`)],
    detail: { 'instance-id': id, state },
  });
  const leads = next[state];
  if (!leads) return;
  call.timers.set({
    name: 'transition',
    id: timerOf(id),
    at: new Date(call.now().getTime() + leads.after),
    payload: { id, to: leads.to } satisfies Due,
  });
}

/** What is due when a passing state ends. */
export function transition({ id, to }: Due, call: Ec2Call): void {
  const instance = all(call, 'instance').get(id);
  if (instance) enter(call, instance, to);
}

const onEntry: Partial<Record<InstanceStateName, (call: Ec2Call, instance: Instance) => void>> = {
  running: givePublicIp,
  stopped: takePublicIp,
  terminated: takeApart,
};

/** A started instance gets another public address than it had before. */
function givePublicIp(call: Ec2Call, { id, subnetId }: Instance) {
  const [primary, ...more] = interfacesOf(call, id);
  if (!primary || primary.publicIp !== undefined || more.length > 0) return;
  if (call.state.subnet.get(subnetId)?.mapPublicIpOnLaunch) primary.publicIp = newPublicIp(call);
}

function takePublicIp(call: Ec2Call, { id }: Instance) {
  for (const card of interfacesOf(call, id)) delete card.publicIp;
}

/** What goes with the instance goes; the rest is free for another one. */
function takeApart(call: Ec2Call, instance: Instance) {
  instance.terminatedAt = call.now();
  for (const card of interfacesOf(call, instance.id)) {
    const isOver = card.attachment?.deleteOnTermination;
    detach(call, card);
    if (isOver) remove(call, 'network-interface', card.id);
  }
  for (const volume of volumesOf(call, instance.id)) {
    const isOver = volume.attachment?.deleteOnTermination;
    detachVolume(call, volume);
    if (isOver) remove(call, 'volume', volume.id);
  }
}
