import { formatError, templateError, validationError } from '../errors';
import { checkCount, checkNameLength } from './limits';
import { isParameterType } from './parameter-types';
import { isRecord } from './template';
import { text } from './text';

const members =
  'Type Default NoEcho Description AllowedValues AllowedPattern ConstraintDescription MinLength MaxLength MinValue MaxValue'.split(
    ' ',
  );

/** Checks the Parameters section as far as it needs no values. */
export function checkParameterDeclarations(parameters: unknown): void {
  if (!isRecord(parameters)) return;
  checkCount('Parameter', Object.keys(parameters).length);
  for (const [name, parameter] of Object.entries(parameters)) {
    if (!isRecord(parameter)) throw formatError('Any Parameters member must be an object.');
    checkParameter(name, parameter);
  }
}

function checkParameter(name: string, parameter: Record<string, unknown>): void {
  const { Type: type, Default: value, AllowedValues: allowed } = parameter;
  if (!/^[A-Za-z0-9]+$/.test(name)) {
    throw formatError(`Parameter name ${name} is non alphanumeric.`);
  }
  checkNameLength('Parameter', name);
  const invalid = Object.keys(parameter).find((member) => !members.includes(member));
  if (invalid) throw validationError(`Invalid template parameter property '${invalid}'`);
  if (typeof type !== 'string') {
    throw formatError('Every Parameters object must contain a Type member.');
  }
  if (!isParameterType(type)) throw formatError(`Unrecognized parameter type: ${type}`);
  if (typeof value === 'object') throw formatError('Every Default member must be a string.');
  if (allowed !== undefined && !Array.isArray(allowed)) {
    throw formatError('Every AllowedValues member must be a list.');
  }
  checkPattern(name, parameter['AllowedPattern']);
}

// Text not verified against AWS.
function checkPattern(name: string, pattern: unknown): void {
  if (pattern === undefined) return;
  try {
    RegExp(text(pattern));
  } catch {
    throw templateError(`Parameter '${name}' AllowedPattern is not a valid regular expression`);
  }
}
