import type { LogsCall } from './state';

/** Tells that a group changed, or something that belongs to it. */
export const announce = (
  kind: 'CREATE' | 'UPDATE' | 'DELETE',
  name: string,
  call: LogsCall,
): void => call.announce({ kind, type: 'AWS::Logs::LogGroup', id: name });
