import type { Reservation } from '@aws-sdk/client-ec2';
import { paginate } from '../../../paginate';
import { filtered } from '../filters';
import type { Ec2Call, Ec2Handlers } from '../state';
import { describeInstance } from './describe';
import { instanceFilters } from './filters';
import type { Instance } from './instance';
import { instancesBy, knownInstances } from './known';

/** Instances that were launched together are one reservation. */
function reservations(call: Ec2Call, instances: Instance[]): Reservation[] {
  const ids = [...new Set(instances.map(({ reservationId }) => reservationId))];
  return ids.map((ReservationId) => ({
    ReservationId,
    OwnerId: call.accountId,
    Groups: [],
    Instances: instances
      .filter(({ reservationId }) => reservationId === ReservationId)
      .map((instance) => describeInstance(call, instance)),
  }));
}

export const instances = {
  DescribeInstances({ InstanceIds = [], Filters, NextToken, MaxResults }, call) {
    const asked = InstanceIds.length ? instancesBy(call, InstanceIds) : knownInstances(call);
    const chosen = filtered(call, asked, { filters: Filters, table: instanceFilters });
    const { page, next } = paginate(chosen, NextToken, MaxResults ?? 1000);
    return { Reservations: reservations(call, page), NextToken: next };
  },
} satisfies Ec2Handlers;
