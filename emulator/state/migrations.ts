/** Version of the state files that this code writes. */
export const stateFormat = 1;

/** What a state file of format N needs to become N + 1. A change of `stateFormat` adds a row here. */
const migrations: Record<number, (file: Record<string, unknown>) => Record<string, unknown>> = {};

/** Brings a state file to today's format; throws when it comes from a newer DOP Labs. */
export function migrate(
  file: Record<string, unknown>,
  steps: typeof migrations = migrations,
  target: number = stateFormat,
): Record<string, unknown> {
  let current = file;
  for (let format = Number(file['format']); format !== target; format += 1) {
    const step = steps[format];
    if (!step) throw new Error(`state format ${format} is not known to this version`);
    current = { ...step(current), format: format + 1 };
  }
  return current;
}
