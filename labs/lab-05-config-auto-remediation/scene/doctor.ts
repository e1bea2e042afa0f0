import type { IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';
import type { Finding, Surroundings } from '../../../checker/doctor';
import { everyPage } from '../../../checker/pages';
import { labTag } from '../checks/found';
import { recordsGroups } from '../checks/recorder';
import { world, world6 } from './ingress';

/** What the lab needs of an account, and which groups an automatic remediation could close by mistake. */
export async function doctor(surroundings: Surroundings): Promise<Finding[]> {
  const found = [defaultVpc, recorder, otherGroups].map((look) => look(surroundings));
  return Promise.all(found);
}

// --- internal ---

async function defaultVpc({ ec2, region }: Surroundings): Promise<Finding> {
  const { Vpcs = [] } = await ec2.describeVpcs({
    Filters: [{ Name: 'is-default', Values: ['true'] }],
  });
  const [vpc] = Vpcs;
  if (vpc) return { verdict: 'fine', seen: `${vpc.VpcId} is the default VPC of ${region}.` };
  const seen = `${region} has no default VPC, in which one of the lab's groups is.`;
  return { verdict: 'stop', seen, advice: 'aws ec2 create-default-vpc' };
}

async function recorder({ config }: Surroundings): Promise<Finding> {
  const [{ ConfigurationRecorders = [] }, { ConfigurationRecordersStatus = [] }] =
    await Promise.all([
      config.describeConfigurationRecorders({}),
      config.describeConfigurationRecorderStatus({}),
    ]);
  const [found] = ConfigurationRecorders;
  if (!found) return { verdict: 'fine', seen: 'No recorder is there; the lab brings its own.' };
  const { name = '' } = found;
  if (!recordsGroups(found)) {
    const seen = `The recorder ${name} does not record AWS::EC2::SecurityGroup.`;
    return { verdict: 'stop', seen, advice: 'add the type in Config, Settings, Recorder' };
  }
  if (ConfigurationRecordersStatus.some((status) => status.name === name && status.recording)) {
    return { verdict: 'fine', seen: `The recorder ${name} is on and records security groups.` };
  }
  const start = `aws configservice start-configuration-recorder --configuration-recorder-name ${name}`;
  return { verdict: 'stop', seen: `The recorder ${name} is off.`, advice: start };
}

/** On the emulator nobody else's groups are at stake. */
async function otherGroups({ ec2, target, lab }: Surroundings): Promise<Finding> {
  const pages = await everyPage(
    (NextToken) => ec2.describeSecurityGroups({ NextToken }),
    ({ NextToken }) => NextToken,
  );
  const open = pages
    .flatMap(({ SecurityGroups = [] }) => SecurityGroups)
    .filter((group) => !isOfLab(group, lab) && group.IpPermissions?.some(letsTheWorldIn));
  if (open.length === 0) return { verdict: 'fine', seen: 'No other group is open on 22.' };
  const names = open.map(({ GroupId, GroupName }) => `${GroupId} (${GroupName})`).join(', ');
  const seen = `Other groups that are open on 22: ${open.length}. ${names}.`;
  const advice = 'a remediation with too wide a scope and role would close them: close them first';
  if (target === 'emulator') return { verdict: 'note', seen, advice };
  return { verdict: 'stop', seen, advice, accept: String(open.length) };
}

const isOfLab = ({ Tags = [] }: SecurityGroup, lab: string): boolean =>
  Tags.some(({ Key, Value }) => Key === labTag && Value === lab);

const letsTheWorldIn = ({ IpRanges = [], Ipv6Ranges = [], ...rule }: IpPermission): boolean =>
  coversSsh(rule) &&
  (IpRanges.some(({ CidrIp }) => CidrIp === world) ||
    Ipv6Ranges.some(({ CidrIpv6 }) => CidrIpv6 === world6));

const coversSsh = ({ IpProtocol, FromPort = -1, ToPort = -1 }: IpPermission): boolean =>
  IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= 22 && 22 <= ToPort);
