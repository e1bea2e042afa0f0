import { fail, type Guard, notGradable, pass, type Proof } from '../../../checker/check';
import { bystanderName } from '../scene/bystander';
import { officeRange, world } from '../scene/ingress';
import { describeGroup, groupIds, letsIn } from './found';
import { recorderOf } from './recorder';

export const httpsAndOfficeStayOpen: Guard = {
  kind: 'guard',
  title: 'HTTPS from the world and SSH from the office stay open on both groups',
  reads: ['ec2:DescribeSecurityGroups'],
  objective: 'Close the hole and nothing else.',
  hints: [
    'Look at the inbound rules of both groups: which of the three first ones is missing?',
    'The automation, or a hand, revoked more than SSH to the world. In the document, look at the rules that the revoking step names.',
    '`npm run lab reset lab-05` opens them again. Let the document revoke TCP 22 from 0.0.0.0/0 and from ::/0, never every rule that is open to the world.',
  ],
  async look(account) {
    const ids = Object.values(groupIds(account));
    const groups = await Promise.all(ids.map((id) => describeGroup(account, id)));
    const closed = groups.flatMap((group) => [
      ...(letsIn(group, 443, world) ? [] : [`443 from ${world} on ${group.GroupId}`]),
      ...(letsIn(group, 22, officeRange) ? [] : [`22 from ${officeRange} on ${group.GroupId}`]),
    ]);
    const proof = {
      call: 'ec2:DescribeSecurityGroups',
      resource: ids.join(', '),
      path: 'SecurityGroups[].IpPermissions',
      expected: [`443 from ${world}`, `22 from ${officeRange}`],
      actual: closed.length === 0 ? 'both on both groups' : `missing: ${closed.join(', ')}`,
    };
    if (closed.length === 0)
      return pass(`${ids.join(' and ')} let customers and the office in.`, proof);
    return fail({
      proof,
      seen: `Closed: ${closed.join(', ')}.`,
      wanted: `443 from ${world} and 22 from ${officeRange} on both groups.`,
      where: 'EC2, Security groups, inbound rules; which rules does the automation revoke?',
    });
  },
};

export const untaggedGroupIsUntouched: Guard = {
  kind: 'guard',
  title: 'A group that is not of the lab is left alone',
  reads: ['ec2:DescribeSecurityGroups'],
  hints: [
    'Look at which resources the rule judges, and at what the role may reach.',
    'In Config, the rule, Scope of changes; in IAM, the condition of the statement that allows revoking.',
    'Scope the rule to the tag of the lab and let the role revoke only where `aws:ResourceTag/dop-labs:lab` is `lab-05`; then `npm run lab reset lab-05` opens the group again.',
  ],
  objective: 'An automatic remediation reaches every resource in its scope: keep the scope small.',
  async look({ ec2, target }) {
    if (target !== 'emulator') return notGradable('No group is opened for this in a real account.');
    const { SecurityGroups = [] } = await ec2.describeSecurityGroups({
      Filters: [{ Name: 'group-name', Values: [bystanderName] }],
    });
    const [group] = SecurityGroups;
    const isOpen = group !== undefined && letsIn(group, 22, world);
    const proof = bystanderProof(group?.GroupId, isOpen);
    if (isOpen) return pass(`${group.GroupId} is as it was.`, proof);
    return fail({
      proof,
      seen: group ? `${group.GroupId} (untagged) was closed.` : 'The untagged group is gone.',
      wanted: `The untagged group ${bystanderName} as it was, open on 22.`,
      where: 'Config, the scope of the rule; IAM, the condition on the tag',
    });
  },
};

export const recorderKeepsRecording: Guard = {
  kind: 'guard',
  title: 'AWS Config records security groups',
  reads: ['config:DescribeConfigurationRecorders', 'config:DescribeConfigurationRecorderStatus'],
  hints: [
    'Look at whether the recorder is on, and at what it records.',
    'In Config, Settings: the recorder and its resource types.',
    'Start it: `aws configservice start-configuration-recorder --configuration-recorder-name NAME`.',
  ],
  objective: 'Without a recorder no change is seen and no rule judges it.',
  async look(account) {
    const { name, isOn } = await recorderOf(account);
    const proof = {
      call: 'config:DescribeConfigurationRecorderStatus',
      resource: name ?? 'no recorder of security groups',
      path: 'ConfigurationRecordersStatus[].recording',
      expected: true,
      actual: isOn,
    };
    if (isOn) return pass(`The recorder ${name} is on.`, proof);
    return fail({
      proof,
      seen: name ? `The recorder ${name} is off.` : 'No recorder records groups.',
      wanted: 'A recorder that is on and records AWS::EC2::SecurityGroup.',
      where: 'Config, Settings, Recorder',
    });
  },
};

// --- internal ---

const bystanderProof = (groupId: string | undefined, isOpen: boolean): Proof => ({
  call: 'ec2:DescribeSecurityGroups',
  resource: groupId ?? bystanderName,
  path: 'SecurityGroups[].IpPermissions',
  expected: `22 from ${world}`,
  actual: isOpen ? `22 from ${world}` : null,
});
