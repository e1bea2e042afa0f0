import { awsError } from '../../../errors';
import { zoneOf } from '../interfaces/describe';
import { announce, missing } from '../kinds';
import type { Ec2Call, Ec2Handlers } from '../state';
import { type Instance, isGone, stateOf, wrongState } from './instance';
import { instancesBy } from './known';
import { enter } from './transitions';

/** `User initiated (2026-01-01 00:00:00 GMT)` */
const byUser = (now: Date) =>
  `User initiated (${now.toISOString().slice(0, 19).replace('T', ' ')} GMT)`;

function asked(call: Ec2Call, ids: string[] | undefined): Instance[] {
  if (!ids?.length) throw missing('InstanceId');
  return instancesBy(call, ids);
}

/** Does something to each instance and answers what state that led to. */
function changing(instances: Instance[], change: (instance: Instance) => void) {
  return instances.map((instance) => {
    const PreviousState = stateOf(instance.state);
    change(instance);
    return { InstanceId: instance.id, PreviousState, CurrentState: stateOf(instance.state) };
  });
}

function start(call: Ec2Call, instance: Instance) {
  if (instance.state !== 'stopped') return;
  instance.launchedAt = call.now();
  instance.transitionReason = '';
  delete instance.stateReason;
  enter(call, instance, 'pending');
}

function leave(call: Ec2Call, instance: Instance, state: 'stopping' | 'shutting-down') {
  instance.transitionReason = byUser(call.now());
  instance.stateReason = {
    code: 'Client.UserInitiatedShutdown',
    message: 'Client.UserInitiatedShutdown: User initiated shutdown',
  };
  enter(call, instance, state);
}

const notPermitted = (id: string, what: 'stopped' | 'terminated') =>
  awsError(
    'OperationNotPermitted',
    `The instance '${id}' may not be ${what}. Modify its '${what === 'stopped' ? 'disableApiStop' : 'disableApiTermination'}' instance attribute and try again.`,
  );

/** In a zone where one instance is protected none is terminated; in other zones they are. */
function terminate(call: Ec2Call, instances: Instance[]) {
  const guarded = instances.filter((each) => each.disableApiTermination && !isGone(each));
  const zones = new Set(guarded.map((each) => zoneOf(call, each)));
  const free = instances.filter((each) => !zones.has(zoneOf(call, each)));
  const changes = changing(free, (each) => {
    if (!isGone(each)) leave(call, each, 'shutting-down');
  });
  if (guarded[0]) throw notPermitted(guarded[0].id, 'terminated');
  return changes;
}

function monitor(call: Ec2Call, instances: Instance[], isOn: boolean) {
  return instances.map((instance) => {
    instance.monitored = isOn;
    announce(call, 'UPDATE', ['instance', instance.id]);
    const State = isOn ? ('pending' as const) : ('disabling' as const);
    return { InstanceId: instance.id, Monitoring: { State } };
  });
}

export const lifecycle = {
  StartInstances({ InstanceIds }, call) {
    const instances = asked(call, InstanceIds);
    const wrong = instances.find(({ state }) => !['stopped', 'pending', 'running'].includes(state));
    if (wrong) throw wrongState(wrong.id, 'started');
    return { StartingInstances: changing(instances, (each) => start(call, each)) };
  },

  StopInstances({ InstanceIds, Hibernate }, call) {
    const instances = asked(call, InstanceIds);
    if (Hibernate) throw awsError('UnsupportedOperation', 'Hibernation is not emulated.');
    const wrong = instances.find(isGone);
    if (wrong) throw wrongState(wrong.id, 'stopped');
    const early = instances.find(({ state }) => state === 'pending');
    if (early)
      throw awsError(
        'IncorrectInstanceState',
        `Instance '${early.id}' cannot be stopped as it has never reached the 'running' state.`,
      );
    const guarded = instances.find((each) => each.disableApiStop);
    if (guarded) throw notPermitted(guarded.id, 'stopped');
    const changes = changing(instances, (each) => {
      if (each.state === 'running') leave(call, each, 'stopping');
    });
    return { StoppingInstances: changes };
  },

  /** A reboot takes no state: the instance is running all the while. */
  RebootInstances({ InstanceIds }, call) {
    const wrong = asked(call, InstanceIds).find(({ state }) => state !== 'running');
    if (wrong) throw wrongState(wrong.id, 'rebooted'); // text unverified
  },

  MonitorInstances: ({ InstanceIds }, call) => ({
    InstanceMonitorings: monitor(call, asked(call, InstanceIds), true),
  }),

  UnmonitorInstances: ({ InstanceIds }, call) => ({
    InstanceMonitorings: monitor(call, asked(call, InstanceIds), false),
  }),

  TerminateInstances: ({ InstanceIds }, call) => ({
    TerminatingInstances: terminate(call, asked(call, InstanceIds)),
  }),
} satisfies Ec2Handlers;
