import { templateError, validationError } from '../errors';
import { conditionFunctions } from './condition-functions';
import { functions } from './functions';
import { intrinsicOf } from './template';

const ofExtensions = ['Fn::Length', 'Fn::ToJsonString'];

/** What CloudFormation has and is not emulated. */
const lacking = ['Fn::GetStackOutput', 'Fn::Transform'];

const ofRules = [
  'Contains',
  'EachMemberEquals',
  'EachMemberIn',
  'RefAll',
  'ValueOf',
  'ValueOfAll',
].map(of);

const inRules = [...['And', 'Equals', 'Not', 'Or'].map(of), 'Ref', ...ofRules];

/** Rules know their own functions only. Text not verified against AWS. */
export function checkRuleFunctions(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  const [name] = intrinsicOf(node) ?? [];
  if (name !== undefined && !inRules.includes(name)) {
    throw templateError(`${name} cannot be used in the Rules section of the template`);
  }
  for (const inner of Object.values(node)) checkRuleFunctions(inner);
}

/** Refuses functions that do not exist, or that the template does not declare the transform for. */
export function checkFunctionNames(node: unknown, isExtended: boolean): void {
  if (typeof node !== 'object' || node === null) return;
  const intrinsic = intrinsicOf(node);
  if (intrinsic) checkFunction(intrinsic, isExtended);
  for (const inner of Object.values(node)) checkFunctionNames(inner, isExtended);
}

function checkFunction([name, argument]: [string, unknown], isExtended: boolean): void {
  refuseHere(name);
  if (name === 'Fn::FindInMap' && !isExtended) checkNoDefault(argument);
  const isKnown = name in functions || name in conditionFunctions;
  if (isKnown && (isExtended || !ofExtensions.includes(name))) return;
  throw validationError(
    `Template Error: Encountered unsupported function: ${name} Supported functions are: [${supported.join(', ')}]`,
  );
}

function refuseHere(name: string): void {
  if (lacking.includes(name)) {
    throw validationError(`The intrinsic function ${name} is not emulated`);
  }
  if (!ofRules.includes(name)) return;
  // Text not verified against AWS.
  throw templateError(`${name} can only be used in the Rules section of the template`);
}

/** Without the transform Fn::FindInMap has no place for a default. */
function checkNoDefault(argument: unknown): void {
  if (!Array.isArray(argument) || argument.length <= 3) return;
  throw templateError(
    'every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
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
