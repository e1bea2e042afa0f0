/** Version of the state files that this code writes. */
export const stateFormat = 2;

/** The state was written by a later version of DOP Labs, whose files this one would misread. */
export class NewerFormat extends Error {
  readonly format: number;

  constructor(format: number, folder = 'it') {
    super(
      `the state in ${folder} is of format ${format}, which only a newer DOP Labs reads: update, or move the folder away`,
    );
    this.name = 'NewerFormat';
    this.format = format;
  }
}

type File = Record<string, unknown>;

/**
 * What a state file of format N needs to become N + 1: a store's file has a `store`, the manifest
 * has `files`. A change of `stateFormat` adds a row here.
 */
const migrations: Record<number, (file: File) => File> = {
  1: (file) => ('store' in file ? withLogs(file) : { ...file, logs: {} }),
};

/** Events of stacks lay in the stacks; now each store has logs, whose entries are written once. */
function withLogs(file: File): File {
  const store = file['store'] as { service: string; state: { stacks?: Map<string, Eventful> } };
  if (store.service !== 'cloudformation') return file;
  const stacks = [...(store.state.stacks ?? [])];
  const entries = stacks.flatMap(([id, { events = [] }]) => events.map((event) => [id, event]));
  for (const [, stack] of stacks) delete stack.events;
  return { ...file, store: { ...store, logs: { events: entries } } };
}

interface Eventful {
  events?: unknown[];
}

/** Brings a state file to today's format; throws NewerFormat when it comes from a newer DOP Labs. */
export function migrate(
  file: File,
  steps: typeof migrations = migrations,
  target: number = stateFormat,
): File {
  let current = file;
  const from = Number(file['format']);
  if (from > target) throw new NewerFormat(from);
  for (let format = from; format !== target; format += 1) {
    const step = steps[format];
    if (!step) throw new Error(`state format ${format} is not known to this version`);
    current = { ...step(current), format: format + 1 };
  }
  return current;
}
