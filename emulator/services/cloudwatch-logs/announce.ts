import type { LogsCall } from './state';

type Kind = 'CREATE' | 'UPDATE' | 'DELETE';

/** Tells that a group changed, or something that belongs to it. */
export const announce = (kind: Kind, name: string, call: LogsCall): void =>
  announceOf('AWS::Logs::LogGroup', kind, { id: name, call });

/** Tells that a resource of any other type changed. */
export const announceOf = (
  type: string,
  kind: Kind,
  { id, call }: { id: string; call: LogsCall },
): void => call.announce({ kind, type, id });
