import { validationError } from '../errors';
import { conditionFunctions } from './condition-functions';
import { functions } from './functions';
import { intrinsicOf } from './template';

const ofExtensions = ['Fn::Length', 'Fn::ToJsonString'];

/** What CloudFormation has and is not emulated. */
const lacking = ['Fn::GetStackOutput', 'Fn::Transform'];

/** Refuses functions that do not exist, or that the template does not declare the transform for. */
export function checkFunctionNames(node: unknown, isExtended: boolean): void {
  if (typeof node !== 'object' || node === null) return;
  const [name] = intrinsicOf(node) ?? [];
  if (name !== undefined) checkFunctionName(name, isExtended);
  for (const inner of Object.values(node)) checkFunctionNames(inner, isExtended);
}

function checkFunctionName(name: string, isExtended: boolean): void {
  if (lacking.includes(name)) {
    throw validationError(`The intrinsic function ${name} is not emulated`);
  }
  const isKnown = name in functions || name in conditionFunctions;
  if (isKnown && (isExtended || !ofExtensions.includes(name))) return;
  throw validationError(
    `Template Error: Encountered unsupported function: ${name} Supported functions are: [${supported.join(', ')}]`,
  );
}

// In the order and the number in which CloudFormation names them.
const supported = [
  ...['Base64', 'GetAtt', 'GetAZs', 'ImportValue', 'Join', 'Split', 'FindInMap', 'Select'].map(of),
  'Ref',
  ...['Equals', 'If', 'Not'].map(of),
  'Condition',
  ...['And', 'Or', 'Contains', 'EachMemberEquals', 'EachMemberIn', 'ValueOf', 'ValueOfAll'].map(of),
  ...['RefAll', 'Sub', 'Cidr'].map(of),
];

function of(name: string): string {
  return `Fn::${name}`;
}
