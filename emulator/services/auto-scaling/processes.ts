import { groupBy, invalid } from './find';
import { type AutoScalingHandlers, changed } from './state';

const processes = [
  'AddToLoadBalancer',
  'AlarmNotification',
  'AZRebalance',
  'HealthCheck',
  'InstanceRefresh',
  'Launch',
  'ReplaceUnhealthy',
  'ScheduledActions',
  'Terminate',
];

function asked(names: string[] | undefined): string[] {
  const unknown = names?.find((name) => !processes.includes(name));
  if (unknown) throw invalid(`Invalid process name: ${unknown}`); // text unverified
  return names?.length ? names : processes;
}

export const scalingProcesses = {
  SuspendProcesses({ AutoScalingGroupName, ScalingProcesses }, call) {
    const group = groupBy(call, AutoScalingGroupName);
    if (group.isDeleting)
      throw invalid('Processes may not be suspended while the AutoScaling group is pending delete');
    const reason = `User suspended at ${call.now().toISOString()}`;
    for (const name of asked(ScalingProcesses)) group.suspended.set(name, reason);
    changed(call, group);
  },

  ResumeProcesses({ AutoScalingGroupName, ScalingProcesses }, call) {
    const group = groupBy(call, AutoScalingGroupName);
    for (const name of asked(ScalingProcesses)) group.suspended.delete(name);
    group.isStuck = false;
    changed(call, group);
  },

  DescribeScalingProcessTypes: () => ({
    Processes: processes.map((ProcessName) => ({ ProcessName })),
  }),
} satisfies AutoScalingHandlers;
