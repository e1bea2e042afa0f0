import type { InstanceStatus } from '@aws-sdk/client-ec2';
import { paginate } from '../../../paginate';
import { filtered, type Filters } from '../filters';
import { zoneOf } from '../interfaces/describe';
import { zoneIdOf } from '../regions';
import type { Ec2Call, Ec2Handlers } from '../state';
import { type Instance, stateCodes, stateOf } from './instance';
import { instancesBy, knownInstances } from './known';

/** Status checks run while the instance does, and pass. */
function checksOf({ state }: Instance) {
  if (state === 'running') return { status: 'ok', reachability: 'passed' } as const;
  if (state === 'pending') return { status: 'initializing', reachability: 'initializing' } as const;
  return { status: 'not-applicable' } as const;
}

function summaryOf(instance: Instance) {
  const checks = checksOf(instance);
  if (!('reachability' in checks)) return { Status: checks.status };
  const Details = [{ Name: 'reachability' as const, Status: checks.reachability }];
  return { Status: checks.status, Details };
}

const describe = (call: Ec2Call, instance: Instance): InstanceStatus => ({
  AvailabilityZone: zoneOf(call, instance),
  AvailabilityZoneId: zoneIdOf(call.region, zoneOf(call, instance)),
  InstanceId: instance.id,
  InstanceState: stateOf(instance.state),
  InstanceStatus: summaryOf(instance),
  SystemStatus: summaryOf(instance),
  Events: [],
});

const filters: Filters<Instance> = {
  'availability-zone': (instance, call) => [zoneOf(call, instance)],
  'instance-state-code': ({ state }) => [String(stateCodes[state])],
  'instance-state-name': ({ state }) => [state],
  'instance-status.reachability': (instance) => [reachabilityOf(instance)],
  'instance-status.status': (instance) => [checksOf(instance).status],
  'system-status.reachability': (instance) => [reachabilityOf(instance)],
  'system-status.status': (instance) => [checksOf(instance).status],
};

function reachabilityOf(instance: Instance) {
  const checks = checksOf(instance);
  return 'reachability' in checks ? checks.reachability : undefined;
}

export const instanceStatus = {
  /** Of running instances only, unless all are asked for. */
  DescribeInstanceStatus({ InstanceIds = [], IncludeAllInstances, ...input }, call) {
    const asked = InstanceIds.length ? instancesBy(call, InstanceIds) : knownInstances(call);
    const shown = asked.filter(({ state }) => IncludeAllInstances || state === 'running');
    const chosen = filtered(call, shown, { filters: input.Filters, table: filters });
    const { page, next } = paginate(chosen, input.NextToken, input.MaxResults ?? 1000);
    return { InstanceStatuses: page.map((each) => describe(call, each)), NextToken: next };
  },
} satisfies Ec2Handlers;
