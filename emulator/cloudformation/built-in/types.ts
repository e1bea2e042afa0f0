export const nestedType = 'AWS::CloudFormation::Stack';

const own = new Set([
  'AWS::CDK::Metadata',
  'AWS::CloudFormation::CustomResource',
  'AWS::CloudFormation::WaitCondition',
  'AWS::CloudFormation::WaitConditionHandle',
  nestedType,
]);

/** Whether a resource is made by whoever the template names, and not by AWS. */
export const isCustom = (type: string): boolean =>
  type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';

/** Whether CloudFormation itself provides a type. */
export const isBuiltIn = (type: string): boolean => own.has(type) || isCustom(type);
