import type { IamInstanceProfileAssociation } from '@aws-sdk/client-ec2';
import { awsError } from '../../../errors';
import { filtered, type Filters } from '../filters';
import { announce, find, missing, newId } from '../kinds';
import type { Ec2Call, Ec2Handlers } from '../state';
import { profileOf } from './describe';
import { type Instance, isGone, wrongState } from './instance';
import { knownInstances } from './known';
import { profileBy } from './profile';

const filters: Filters<Instance> = {
  'instance-id': ({ id }) => [id],
  state: () => ['associated'],
};

const describe = (instance: Instance): IamInstanceProfileAssociation => ({
  AssociationId: instance.profile?.associationId,
  InstanceId: instance.id,
  State: 'associated',
  ...profileOf(instance),
});

function associatedBy(call: Ec2Call, id: string | undefined): Instance {
  if (!id) throw missing('associationId');
  const found = knownInstances(call).find(({ profile }) => profile?.associationId === id);
  if (found) return found;
  throw awsError('InvalidAssociationID.NotFound', `An invalid association-id of '${id}' was given`);
}

export const instanceProfiles = {
  async AssociateIamInstanceProfile({ InstanceId, IamInstanceProfile }, call) {
    const instance = find(call, 'instance', InstanceId);
    if (isGone(instance)) throw wrongState(instance.id);
    if (instance.profile)
      throw awsError(
        'IncorrectState',
        `There is an existing association for instance ${instance.id}`,
      );
    const profile = await profileBy(call, IamInstanceProfile);
    if (!profile) throw missing('IamInstanceProfile');
    instance.profile = { ...profile, associationId: newId(call, 'iip-assoc') };
    announce(call, 'UPDATE', ['instance', instance.id]);
    return { IamInstanceProfileAssociation: { ...describe(instance), State: 'associating' } };
  },

  DescribeIamInstanceProfileAssociations({ AssociationIds, Filters }, call) {
    const asked = AssociationIds?.length
      ? AssociationIds.map((id) => associatedBy(call, id))
      : knownInstances(call).filter((each) => each.profile && !isGone(each));
    const chosen = filtered(call, asked, { filters: Filters, table: filters });
    return { IamInstanceProfileAssociations: chosen.map((each) => describe(each)) };
  },

  DisassociateIamInstanceProfile({ AssociationId }, call) {
    const instance = associatedBy(call, AssociationId);
    const shown = describe(instance);
    delete instance.profile;
    announce(call, 'UPDATE', ['instance', instance.id]);
    return { IamInstanceProfileAssociation: { ...shown, State: 'disassociating' } };
  },
} satisfies Ec2Handlers;
