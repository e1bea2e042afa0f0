import type { Item } from '../state';
import { compliantWhen, type ManagedRule } from './managed-rule';

interface IngressRule {
  IpProtocol: string;
  FromPort?: number;
  ToPort?: number;
  CidrIp?: string;
  CidrIpv6?: string;
}

const type = 'AWS::EC2::SecurityGroup';

const ingressOf = ({ configuration }: Item) =>
  (configuration['SecurityGroupIngress'] ?? []) as IngressRule[];

const isPublic = ({ CidrIp, CidrIpv6 }: IngressRule): boolean =>
  CidrIp === '0.0.0.0/0' || CidrIpv6 === '::/0';

const coversTcp = ({ IpProtocol, FromPort = -1, ToPort = -1 }: IngressRule, port: number) =>
  IpProtocol === '-1' || (['tcp', '6'].includes(IpProtocol) && FromPort <= port && port <= ToPort);

const isOpen = (item: Item, port: number): boolean =>
  ingressOf(item).some((rule) => isPublic(rule) && coversTcp(rule, port));

/** AWS does not publish how ranges and `-1` are judged; that they count is inferred. */
export const incomingSshDisabled: ManagedRule = {
  types: [type],
  periodic: true,
  judge: (item) => compliantWhen(!isOpen(item, 22)),
};

const port = (standard: string) => ({ default: standard, pattern: /^\d{1,5}$/ });

export const restrictedIncomingTraffic: ManagedRule = {
  types: [type],
  periodic: true,
  parameters: {
    blockedPort1: port('20'),
    blockedPort2: port('21'),
    blockedPort3: port('3389'),
    blockedPort4: port('3306'),
    blockedPort5: port('4333'),
  },
  judge: (item, parameters) =>
    compliantWhen(!Object.values(parameters).some((blocked) => isOpen(item, Number(blocked)))),
};

export const vpcDefaultSecurityGroupClosed: ManagedRule = {
  types: [type],
  periodic: true,
  judge(item) {
    if (item.configuration['GroupName'] !== 'default') return { compliance: 'NOT_APPLICABLE' };
    const egress = (item.configuration['SecurityGroupEgress'] ?? []) as unknown[];
    return compliantWhen(ingressOf(item).length === 0 && egress.length === 0);
  },
};
