import { InsufficientCapabilitiesException } from '@aws-sdk/client-cloudformation';
import { isRecord, type ResourceDeclaration } from './template';

const iamTypes = new Map([
  ['AWS::IAM::AccessKey', ''],
  ['AWS::IAM::Group', 'GroupName'],
  ['AWS::IAM::InstanceProfile', 'InstanceProfileName'],
  ['AWS::IAM::ManagedPolicy', 'ManagedPolicyName'],
  ['AWS::IAM::Policy', ''],
  ['AWS::IAM::Role', 'RoleName'],
  ['AWS::IAM::User', 'UserName'],
  ['AWS::IAM::UserToGroupAddition', ''],
]);

/** The capability that a template asks its user to acknowledge, and the types that ask for it. */
export function requiredCapability(resources: Iterable<ResourceDeclaration>) {
  const asking = [...resources].filter(({ Type: type }) => iamTypes.has(type));
  if (asking.length === 0) return undefined;
  const isNamed = asking.some(({ Type: type, Properties: properties }) => {
    const name = iamTypes.get(type);
    return name && isRecord(properties) && properties[name] !== undefined;
  });
  return {
    capability: isNamed ? ('CAPABILITY_NAMED_IAM' as const) : ('CAPABILITY_IAM' as const),
    types: [...new Set(asking.map(({ Type: type }) => type))],
  };
}

/** Refuses a template whose capability was not acknowledged. */
export function checkCapabilities(
  resources: Iterable<ResourceDeclaration>,
  acknowledged: string[],
): void {
  const required = requiredCapability(resources);
  if (!required) return;
  const enough = [required.capability, 'CAPABILITY_NAMED_IAM'];
  if (enough.some((capability) => acknowledged.includes(capability))) return;
  const message = `Requires capabilities : [${required.capability}]`;
  throw new InsufficientCapabilitiesException({ Message: message, message, $metadata: {} });
}
