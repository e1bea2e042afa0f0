const timeShift = 144n;
const sequenceShift = 80n;
/** Fills the lower bits, so that ids are as long as AWS's. */
const filler = 0x9e3779b97f4a7c15f39cn;

/** Where an event stands in the order of a group's events. */
export interface Position {
  timestamp: number;
  sequence: number;
}

/** AWS's 56 digits, which order as the events do: the time in the highest bits. */
export const eventId = ({ timestamp, sequence }: Position): string =>
  ((BigInt(timestamp) << timeShift) | (BigInt(sequence + 1) << sequenceShift) | filler)
    .toString()
    .padStart(56, '0');

/** The position that an id names; `undefined` for a text that is none. */
export function positionOf(id: string): Position | undefined {
  if (!/^\d{56}$/.test(id)) return undefined;
  const value = BigInt(id);
  return {
    timestamp: Number(value >> timeShift),
    sequence: Number(BigInt.asUintN(64, value >> sequenceShift)) - 1,
  };
}

export const comparePositions = (one: Position, other: Position): number =>
  one.timestamp - other.timestamp || one.sequence - other.sequence;
