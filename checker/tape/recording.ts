import { encode } from './codec';
import type { RecordedCall, RecordedScope } from './record';
import { createSecrets, shownInput } from './secrets';
import type { Tape, Told } from './tape';

/** Keeps what the world says. Looks are told the answers as they are kept, so that a replay sees the same. */
export function recordingTape(live: Tape): { tape: Tape; scopes: Record<string, RecordedScope> } {
  const scopes: Record<string, RecordedScope> = {};
  const secrets = createSecrets();
  const scopeOf = (name: string) => (scopes[name] ??= { values: [], calls: [] });

  const tape: Tape = {
    value(scope, ask) {
      const value = live.value(scope, ask);
      scopeOf(scope).values.push(value);
      return value;
    },
    async wait(scope, ask) {
      const moved = await live.wait(scope, ask);
      scopeOf(scope).values.push(moved);
      return moved;
    },
    async call(place, request, send) {
      const told = await live.call(place, request, send);
      const clean = { ...told, output: secrets.remove(told.output) };
      scopeOf(place.scope).calls.push({
        ...kept(clean),
        call: request.call,
        parameters: encode(shownInput(request.input)),
      });
      return place.mode === 'read' ? clean : told;
    },
  };
  return { tape, scopes };
}

// --- internal ---

function kept({ order, time, output, error }: Told): Omit<RecordedCall, 'call' | 'parameters'> {
  if (!error) return { order, time, output: encode(output) };
  const code = 'code' in error ? { code: String(error.code) } : {};
  return { order, time, error: { name: error.name, message: error.message, ...code } };
}
