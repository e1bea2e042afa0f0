import { formatError, validationError } from '../errors';
import { isRecord } from './template';
import { text } from './text';

const sections =
  'AWSTemplateFormatVersion Conditions Description Hooks Mappings Metadata Outputs Parameters Resources Rules Transform'.split(
    ' ',
  );

const resourceMembers =
  'Type Properties DependsOn Condition DeletionPolicy UpdateReplacePolicy Metadata CreationPolicy UpdatePolicy'.split(
    ' ',
  );

/** Checks everything about a template that needs no parameters: members, names, types. */
export function checkStructure(parsed: Record<string, unknown>): Record<string, unknown> {
  checkSections(parsed);
  refuseNull(parsed, '');
  checkResources(parsed['Resources']);
  checkOutputs(parsed['Outputs']);
  checkParameters(parsed['Parameters']);
  return parsed;
}

function checkSections(parsed: Record<string, unknown>): void {
  const unknown = Object.keys(parsed).filter((name) => !sections.includes(name));
  if (unknown.length > 0) {
    throw validationError(`Invalid template property or properties [${unknown.join(', ')}]`);
  }
  const version = parsed['AWSTemplateFormatVersion'];
  if (version !== undefined && version !== '2010-09-09') {
    // Text not verified against AWS.
    throw formatError(`Unrecognized AWSTemplateFormatVersion: ${JSON.stringify(version)}`);
  }
  for (const name of ['Transform', 'Hooks']) {
    if (parsed[name] !== undefined) {
      throw validationError(`The template section ${name} is not emulated`);
    }
  }
}

function refuseNull(node: unknown, path: string): void {
  if (node === null) throw validationError(`[${path}] 'null' values are not allowed in templates`);
  if (typeof node !== 'object') return;
  for (const [key, value] of Object.entries(node)) refuseNull(value, `${path}/${key}`);
}

function checkResources(resources: unknown): void {
  if (!isRecord(resources) || Object.keys(resources).length === 0) {
    throw formatError('At least one Resources member must be defined.');
  }
  const count = Object.keys(resources).length;
  if (count > 500) {
    throw formatError(`Number of resources, ${count}, is greater than maximum allowed, 500`);
  }
  for (const [logicalId, resource] of Object.entries(resources)) {
    if (!isRecord(resource)) throw formatError('Any Resources member must be an object.');
    checkResource(logicalId, resource);
  }
}

function checkResource(logicalId: string, resource: Record<string, unknown>): void {
  if (!/^[A-Za-z0-9]+$/.test(logicalId)) {
    throw formatError(`Resource name ${logicalId} is non alphanumeric.`);
  }
  const type = resource['Type'];
  if (type === undefined) {
    throw formatError(
      `[/Resources/${logicalId}] Every Resources object must contain a Type member.`,
    );
  }
  if (typeof type !== 'string' || !/^[A-Za-z0-9]+(::[A-Za-z0-9_@-]+)+$/.test(type)) {
    throw formatError(`Unrecognized resource types: [${text(type)}]`);
  }
  const invalid = Object.keys(resource).find((member) => !resourceMembers.includes(member));
  if (invalid) throw validationError(`Invalid template resource property '${invalid}'`);
  if (resource['Properties'] !== undefined && !isRecord(resource['Properties'])) {
    // Text not verified against AWS.
    throw formatError(`[/Resources/${logicalId}/Properties] Properties must be an object.`);
  }
  checkPolicies(resource);
}

const policies = ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'];

function checkPolicies(resource: Record<string, unknown>): void {
  for (const member of ['DeletionPolicy', 'UpdateReplacePolicy']) {
    const policy = resource[member];
    if (typeof policy !== 'string') continue;
    if (!policies.includes(policy)) {
      throw formatError(`Unrecognized ${member} ${policy}`);
    }
    if (policy === 'Snapshot') throw validationError(`${member} Snapshot is not emulated`);
  }
}

function checkOutputs(outputs: unknown): void {
  if (!isRecord(outputs)) return;
  for (const output of Object.values(outputs)) {
    if (!isRecord(output) || output['Value'] === undefined) {
      throw formatError('Every Outputs member must contain a Value object');
    }
  }
}

function checkParameters(parameters: unknown): void {
  if (!isRecord(parameters)) return;
  for (const [name, parameter] of Object.entries(parameters)) {
    if (!isRecord(parameter) || typeof parameter['Type'] !== 'string') {
      throw formatError('Every Parameters object must contain a Type member.');
    }
    if (!/^[A-Za-z0-9]+$/.test(name)) {
      throw formatError(`Parameter name ${name} is non alphanumeric.`);
    }
  }
}
