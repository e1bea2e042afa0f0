import type { Account } from '../../../checker/account';
import { world } from './ingress';

/** A group of somebody else: open, untagged and none of the lab's business. Only on the emulator. */
export const bystanderName = 'lab-05-bystander';

export async function openBystander({ ec2 }: Account): Promise<void> {
  const GroupId = (await findBystander(ec2)) ?? (await createBystander(ec2));
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({ GroupIds: [GroupId] });
  if (SecurityGroups[0]?.IpPermissions?.length) return;
  await ec2.authorizeSecurityGroupIngress({
    GroupId,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: world }] }],
  });
}

export async function deleteBystander({ ec2 }: Account): Promise<void> {
  const GroupId = await findBystander(ec2);
  if (GroupId) await ec2.deleteSecurityGroup({ GroupId });
}

// --- internal ---

async function findBystander(ec2: Account['ec2']): Promise<string | undefined> {
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({
    Filters: [{ Name: 'group-name', Values: [bystanderName] }],
  });
  return SecurityGroups[0]?.GroupId;
}

async function createBystander(ec2: Account['ec2']): Promise<string> {
  const { GroupId = '' } = await ec2.createSecurityGroup({
    GroupName: bystanderName,
    Description: 'Somebody else opened this; leave it alone',
  });
  return GroupId;
}
