import { validationError } from '../../cloudformation/errors';
import { table } from '../../table';

/** Options that would change what happens and are not emulated, with what is harmless of each. */
const unsupported: Record<string, (value: unknown) => boolean> = table({
  ResourceTypes: isEmpty,
  ResourcesToImport: isEmpty,
  ImportExistingResources: isFalse,
  DeploymentMode: isEmpty,
  RollbackConfiguration: (value) =>
    isEmpty(value) || isEmpty((value as { RollbackTriggers?: unknown[] }).RollbackTriggers),
  DeploymentConfig: (value) => isEmpty(value) || (value as { Mode?: string }).Mode !== 'EXPRESS',
});

/** Refuses by name what would otherwise be passed over in silence. */
export function refuseUnsupported(input: object): void {
  for (const [name, value] of Object.entries(input)) {
    if (unsupported[name]?.(value) === false) {
      throw validationError(`The option ${name} is not emulated`);
    }
  }
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function isFalse(value: unknown): boolean {
  return value !== true;
}
