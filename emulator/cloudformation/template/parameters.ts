import type { Parameter } from '@aws-sdk/client-cloudformation';
import { validationError } from '../errors';
import { checkConstraints } from './constraints';
import { isListType, isStored } from './parameter-types';
import type { ParameterDeclaration } from './template';
import { text } from './text';

/** A parameter as a stack keeps it. */
export interface ParameterValue {
  key: string;
  value: string;
  /** What the Parameter Store said, for the types `AWS::SSM::Parameter::Value<…>`. */
  resolved?: string;
  isList: boolean;
  isSecret: boolean;
}

/** Where the values of parameters come from. */
export interface ParameterSources {
  given: Parameter[];
  /** Values that the stack has today, for UsePreviousValue. */
  previous: ParameterValue[];
  /** Reads the Parameter Store: name → value, absent when there is none. */
  fetch: (names: string[]) => Promise<Map<string, string>>;
}

type Declarations = Record<string, ParameterDeclaration>;

/** Gives each parameter its value, and refuses what is missing, too much or not allowed. */
export async function resolveParameters(
  declarations: Declarations,
  sources: ParameterSources,
): Promise<ParameterValue[]> {
  checkDefaults(declarations);
  checkNames(declarations, sources.given);
  const values = Object.entries(declarations).map(([key, declaration]) => ({
    key,
    declaration,
    value: valueOf(key, declaration, sources),
  }));
  const missing = values.filter(({ value }) => value === undefined).map(({ key }) => key);
  if (missing.length > 0) {
    throw validationError(`Parameters: [${missing.join(', ')}] must have values`);
  }
  const resolved = values.map(({ key, declaration, value = '' }) => {
    checkLength(key, value);
    checkConstraints(key, declaration, value);
    return parameterValue(key, declaration, value);
  });
  await fetchStored(declarations, resolved, sources);
  return resolved;
}

const longestValue = 4096;

// Text not verified against AWS.
function checkLength(key: string, value: string): void {
  if (Buffer.byteLength(value) <= longestValue) return;
  throw validationError(
    `Parameter ${key} exceeds the maximum parameter value length of ${longestValue} bytes.`,
  );
}

/** Refuses defaults that their own constraints do not allow. */
export function checkDefaults(declarations: Declarations): void {
  for (const [key, declaration] of Object.entries(declarations)) {
    if (declaration.Default === undefined) continue;
    checkConstraints(key, declaration, text(declaration.Default));
  }
}

function checkNames(declarations: Declarations, given: Parameter[]): void {
  const unknown = given
    .map(({ ParameterKey: key = '' }) => key)
    .filter((key) => !Object.hasOwn(declarations, key));
  if (unknown.length > 0) {
    throw validationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  }
}

function valueOf(
  key: string,
  declaration: ParameterDeclaration,
  { given, previous }: ParameterSources,
): string | undefined {
  const entry = given.find(({ ParameterKey }) => ParameterKey === key);
  if (entry?.ParameterValue !== undefined) return entry.ParameterValue;
  if (entry?.UsePreviousValue) {
    const before = previous.find((each) => each.key === key);
    if (before) return before.value;
  }
  return declaration.Default === undefined ? undefined : text(declaration.Default);
}

function parameterValue(key: string, { Type, NoEcho }: ParameterDeclaration, value: string) {
  return {
    key,
    value,
    isList: isListType(Type),
    isSecret: text(NoEcho) === 'true',
  };
}

async function fetchStored(
  declarations: Declarations,
  values: ParameterValue[],
  { fetch }: ParameterSources,
): Promise<void> {
  const stored = values.filter(({ key }) => isStored(declarations[key]?.Type ?? ''));
  if (stored.length === 0) return;
  const found = await fetch(stored.map(({ value }) => value));
  const missing = stored.filter(({ value }) => !found.has(value)).map(({ value }) => value);
  if (missing.length > 0) {
    throw validationError(
      `Unable to fetch parameters [${missing.join(',')}] from parameter store for this account.`,
    );
  }
  for (const parameter of stored) parameter.resolved = found.get(parameter.value) ?? '';
}

/** What `Ref` of the parameter answers. */
export function referenceTo(parameter: ParameterValue): string | string[] {
  const value = parameter.resolved ?? parameter.value;
  if (!parameter.isList) return value;
  return value === '' ? [] : value.split(',').map((item) => item.trim());
}

/** A stack's parameters as DescribeStacks and DescribeChangeSet show them. */
export const shownParameters = (values: ParameterValue[]): Parameter[] =>
  values.map(({ key, value, resolved, isSecret }) => ({
    ParameterKey: key,
    ParameterValue: isSecret ? '****' : value,
    ...(resolved === undefined ? {} : { ResolvedValue: resolved }),
  }));
