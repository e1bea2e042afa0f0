import { formatError, validationError } from '../errors';
import { checkFunctionNames, checkRuleFunctions } from './function-names';
import { checkMappings, checkOutputs, checkRulesSection } from './structure-sections';
import { checkParameterDeclarations } from './structure-parameters';
import { checkResources } from './structure-resources';
import { checkTransforms } from './transforms';

const sections =
  'AWSTemplateFormatVersion Conditions Description Hooks Mappings Metadata Outputs Parameters Resources Rules Transform'.split(
    ' ',
  );

/** Checks everything about a template that needs no parameters: members, names, types, limits. */
export function checkStructure(parsed: Record<string, unknown>): Record<string, unknown> {
  checkSections(parsed);
  refuseNull(parsed, '');
  const isExtended = checkTransforms(parsed['Transform']);
  checkParameterDeclarations(parsed['Parameters']);
  checkMappings(parsed['Mappings'], isExtended);
  checkResources(parsed['Resources'], isExtended);
  checkUniqueNames(parsed['Parameters'], parsed['Resources']);
  checkOutputs(parsed['Outputs'], isExtended);
  checkRulesSection(parsed['Rules']);
  checkRuleFunctions(parsed['Rules']);
  for (const section of ['Conditions', 'Resources', 'Outputs']) {
    checkFunctionNames(parsed[section], isExtended);
  }
  return parsed;
}

function checkSections(parsed: Record<string, unknown>): void {
  const unknown = Object.keys(parsed).filter((name) => !sections.includes(name));
  if (unknown.length > 0) {
    throw validationError(`Invalid template property or properties [${unknown.join(', ')}]`);
  }
  if (parsed['Hooks'] !== undefined) {
    throw validationError('The template section Hooks is not emulated');
  }
  const version = parsed['AWSTemplateFormatVersion'];
  if (version !== undefined && version !== '2010-09-09') {
    // How the text goes on after a version that does not exist is not verified.
    throw formatError('unsupported value for AWSTemplateFormatVersion.');
  }
  checkDescription(parsed['Description']);
}

const longestDescription = 1024;

function checkDescription(description: unknown): void {
  if (description === undefined) return;
  if (typeof description !== 'string') {
    throw formatError('Every Description member must be a string.');
  }
  if (Buffer.byteLength(description) > longestDescription) {
    throw formatError(`'Description' length is greater than ${longestDescription}.`);
  }
}

function refuseNull(node: unknown, path: string): void {
  if (node === null) throw validationError(`[${path}] 'null' values are not allowed in templates`);
  if (typeof node !== 'object') return;
  for (const [key, value] of Object.entries(node)) refuseNull(value, `${path}/${key}`);
}

function checkUniqueNames(parameters: unknown, resources: unknown): void {
  const common = Object.keys(parameters ?? {}).filter((name) =>
    Object.hasOwn(Object(resources), name),
  );
  if (common.length === 0) return;
  throw validationError(
    `Template error: all resources and parameters must have unique names. Common name(s):[${common.join(', ')}]`,
  );
}
