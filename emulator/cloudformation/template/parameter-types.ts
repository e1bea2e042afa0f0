const resourceTypes = [
  'AWS::EC2::AvailabilityZone::Name',
  'AWS::EC2::Image::Id',
  'AWS::EC2::Instance::Id',
  'AWS::EC2::KeyPair::KeyName',
  'AWS::EC2::SecurityGroup::GroupName',
  'AWS::EC2::SecurityGroup::Id',
  'AWS::EC2::Subnet::Id',
  'AWS::EC2::Volume::Id',
  'AWS::EC2::VPC::Id',
  'AWS::Route53::HostedZone::Id',
] as const;

/** What a parameter of an AWS-specific type names. */
export type ResourceParameterType = (typeof resourceTypes)[number];

const stored = /^AWS::SSM::Parameter::Value<(.+)>$/;
const listed = /^List<(.+)>$/;

/** The type of the value itself: what `AWS::SSM::Parameter::Value<…>` is about. */
export const valueType = (type: string): string => stored.exec(type)?.[1] ?? type;

/** Whether the value is a key of the Parameter Store, and what is there is meant. */
export const isStored = (type: string): boolean => stored.test(type);

/** Whether Ref answers a list. */
export const isListType = (type: string): boolean =>
  valueType(type) === 'CommaDelimitedList' || listed.test(valueType(type));

/** Type of the single value, or of each of a list. */
const itemType = (type: string): string => listed.exec(valueType(type))?.[1] ?? valueType(type);

/** The AWS-specific type of each value, for the types that have one. */
export const resourceTypeOf = (type: string): ResourceParameterType | undefined =>
  resourceTypes.find((each) => each === itemType(type));

/** Whether CloudFormation has such a parameter type. */
export function isParameterType(type: string): boolean {
  const value = valueType(type);
  if (value === 'String' || value === 'CommaDelimitedList') return true;
  if (!isStored(type) && plain.includes(value)) return true;
  // No list of key pairs, although there is one of everything else.
  if (value === 'List<AWS::EC2::KeyPair::KeyName>') return isStored(type);
  return value === 'List<String>' || resourceTypeOf(type) !== undefined;
}

const plain = ['Number', 'List<Number>', 'AWS::SSM::Parameter::Name'];
