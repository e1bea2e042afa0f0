import { awsError } from '../../errors';
import type { Ec2Handlers } from './state';

/** RunInstances is not emulated, so there is never an instance to show. */
export const instances = {
  DescribeInstances({ InstanceIds = [] }) {
    const [id, ...more] = InstanceIds;
    if (id === undefined) return { Reservations: [] };
    const malformed = InstanceIds.find((each) => !/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(each));
    if (malformed !== undefined) {
      throw awsError('InvalidInstanceID.Malformed', `Invalid id: "${malformed}"`);
    }
    throw awsError(
      'InvalidInstanceID.NotFound',
      more.length
        ? `The instance IDs '${InstanceIds.join(', ')}' do not exist`
        : `The instance ID '${id}' does not exist`,
    );
  },
} satisfies Ec2Handlers;
