import { decode, encode } from './codec';
import type { GradeRecord, RecordedCall } from './record';
import { shownInput } from './secrets';
import type { Request, Tape, Told } from './tape';

/** A look asks for what the record does not hold: the lab's checks have changed since. */
class NotRecorded extends Error {
  override name = 'NotRecorded';
}

/** Tells again what a record holds; nothing is asked of any account. */
export function replayTape({ scopes }: GradeRecord): Tape {
  const values = new Map(Object.entries(scopes).map(([name, scope]) => [name, [...scope.values]]));
  const calls = new Map(Object.entries(scopes).map(([name, scope]) => [name, byRequest(scope)]));

  function next(scope: string): number | boolean {
    const value = values.get(scope)?.shift();
    if (value === undefined) throw new NotRecorded(`the record ends before ${scope} does`);
    return value;
  }

  return {
    value: (scope) => next(scope) as never,
    wait: async (scope) => next(scope) === true,
    async call({ scope }, request) {
      const found = calls.get(scope)?.get(keyOf(request))?.shift();
      return found ? toldIn(found) : missing(request);
    },
  };
}

// --- internal ---

const keyOf = ({ call, input }: Request) => `${call} ${JSON.stringify(encode(shownInput(input)))}`;

function byRequest({ calls }: { calls: RecordedCall[] }): Map<string, RecordedCall[]> {
  const found = new Map<string, RecordedCall[]>();
  for (const each of calls) {
    const key = `${each.call} ${JSON.stringify(each.parameters)}`;
    found.set(key, [...(found.get(key) ?? []), each]);
  }
  return found;
}

function toldIn({ order, time, output, error }: RecordedCall): Told {
  if (!error) return { order, time, output: decode(output) };
  const { name, message, ...more } = error;
  return { order, time, error: Object.assign(new Error(message), more, { name }) };
}

const missing = ({ call }: Request): Told => ({
  order: 0,
  time: '',
  error: new NotRecorded(`${call} with these parameters is not on the record`),
});
