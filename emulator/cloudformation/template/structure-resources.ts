import { formatError, validationError } from '../errors';
import { checkNameLength } from './limits';
import { checkPolicies } from './resource-policies';
import { isLoop, isRecord } from './template';
import { text } from './text';

const members =
  'Type Properties DependsOn Condition DeletionPolicy UpdateReplacePolicy Metadata CreationPolicy UpdatePolicy Description'.split(
    ' ',
  );

const mostResources = 500;

/** Checks the Resources section; with the language extensions loops stand among the resources. */
export function checkResources(resources: unknown, isExtended: boolean): void {
  if (!isRecord(resources) || Object.keys(resources).length === 0) {
    throw formatError('At least one Resources member must be defined.');
  }
  const count = Object.keys(resources).length;
  if (count > mostResources) {
    throw formatError(
      `Number of resources, ${count}, is greater than maximum allowed, ${mostResources}`,
    );
  }
  for (const [logicalId, resource] of Object.entries(resources)) {
    if (isLoop(logicalId)) checkLoop(logicalId, isExtended);
    else checkResource(logicalId, resource, isExtended);
  }
}

function checkLoop(name: string, isExtended: boolean): void {
  if (isExtended) return;
  throw formatError(`[/Resources/${name}] resource definition is malformed`);
}

function checkResource(logicalId: string, resource: unknown, isExtended: boolean): void {
  if (!isRecord(resource)) throw formatError('Any Resources member must be an object.');
  if (!/^[A-Za-z0-9]+$/.test(logicalId)) {
    throw formatError(`Resource name ${logicalId} is non alphanumeric.`);
  }
  checkNameLength('Resource', logicalId);
  checkType(logicalId, resource['Type']);
  const invalid = Object.keys(resource).find((member) => !members.includes(member));
  if (invalid) throw validationError(`Invalid template resource property '${invalid}'`);
  if (resource['Properties'] !== undefined && !isRecord(resource['Properties'])) {
    // Text not verified against AWS.
    throw formatError(`[/Resources/${logicalId}/Properties] Properties must be an object.`);
  }
  // The language extensions turn functions in these places into names.
  if (!isExtended) checkAttributes(resource);
  checkPolicies(logicalId, resource, isExtended);
}

function checkType(logicalId: string, type: unknown): void {
  if (type === undefined) {
    throw formatError(
      `[/Resources/${logicalId}] Every Resources object must contain a Type member.`,
    );
  }
  if (typeof type !== 'string' || !/^[A-Za-z0-9]+(::[A-Za-z0-9_@-]+)+$/.test(type)) {
    throw formatError(`Unrecognized resource types: [${text(type)}]`);
  }
}

/** Refuses what is no name where a resource names conditions and other resources. */
export function checkAttributes({
  Condition: condition,
  DependsOn: dependsOn,
}: Record<string, unknown>): void {
  if (condition !== undefined && typeof condition !== 'string') {
    throw formatError('Every Condition member must be a string.');
  }
  if (dependsOn === undefined || typeof dependsOn === 'string') return;
  if (!Array.isArray(dependsOn)) {
    throw formatError('DependsOn must be a string or list of strings.');
  }
  if (dependsOn.some((name) => typeof name !== 'string')) {
    throw formatError('Every DependsOn value must be a string.');
  }
}
