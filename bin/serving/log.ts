import type { Happening, Watcher } from '../../emulator/watch';

export const logs = ['calls', 'changes', 'json', 'none'] as const;

/** Prints what happens: every call, or only what changes something, or all of it as JSON. */
export function createLog(
  shown: (typeof logs)[number],
  print: (line: string) => void,
): Watcher | undefined {
  if (shown === 'none') return undefined;
  if (shown === 'json') return (happening) => print(JSON.stringify(happening));
  return (happening) => {
    const isWanted =
      happening.kind === 'call'
        ? shown === 'calls' || !happening.isRead
        : shown === 'changes' && happening.change.kind !== 'CONTENT';
    if (isWanted) print(lineOf(happening));
  };
}

function lineOf(happening: Happening): string {
  const { at, accountId, region } = happening;
  return [at.toISOString().slice(11, 23), accountId, region, whatOf(happening)].join('  ');
}

function whatOf(happening: Happening): string {
  if (happening.kind === 'change') {
    const { kind, type, id } = happening.change;
    return `${kind} ${type} ${id}`;
  }
  const { service, operation, principal, errorCode, errorMessage } = happening;
  const call = `${service}.${operation} by ${principal.split(':').at(-1)}`;
  return errorCode === undefined ? call : `${call}: ${errorCode}: ${errorMessage}`;
}
