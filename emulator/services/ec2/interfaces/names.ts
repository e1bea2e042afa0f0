import type { Ec2Call, NetworkInterface } from '../state';

const dashed = (address: string) => address.replaceAll('.', '-');

/** `ip-10-0-0-4.ec2.internal`; other Regions have their own zone. */
export const privateName = ({ region }: Ec2Call, address: string) =>
  `ip-${dashed(address)}.${region === 'us-east-1' ? 'ec2' : `${region}.compute`}.internal`;

/** `ec2-198-18-3-7.compute-1.amazonaws.com`; empty where the VPC gives no names. */
export function publicName(
  { region, state }: Ec2Call,
  { publicIp, vpcId }: Pick<NetworkInterface, 'publicIp' | 'vpcId'>,
): string {
  if (publicIp === undefined || !state.vpc.get(vpcId)?.enableDnsHostnames) return '';
  const zone = region === 'us-east-1' ? 'compute-1' : `${region}.compute`;
  return `ec2-${dashed(publicIp)}.${zone}.amazonaws.com`;
}

/** An address of 198.18.0.0/15, which is kept for tests and so reaches nobody. */
export function newPublicIp({ random }: Ec2Call): string {
  const [network = 0, third = 0, last = 0] = Buffer.from(random.hex(6), 'hex');
  return `198.${18 + (network % 2)}.${third}.${1 + (last % 254)}`;
}
