import type { Server } from './servers';

/** One line of the table. The floor is the same client in front of a server that answers a constant. */
export interface Figure {
  what: string;
  figure: string;
  floor?: string | undefined;
  /** The same on the endpoint of `--against`, with how many times as much of ours it is. */
  other?: string | undefined;
  budget?: string | undefined;
}

/** Where a row may measure besides an emulator of its own. */
export interface Against {
  other?: Endpoint | undefined;
}

/** A server by its address; it is not ours to stop. */
export type Endpoint = Pick<Server, 'endpoint'>;

/** A file of this folder exports one as default. */
export type Row = (against: Against) => AsyncGenerator<Figure>;

export const milliseconds = (value = NaN): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

export const perSecond = (value = NaN): string => `${Math.round(value)} /s`;

/** Another endpoint's figure with its ratio to ours; nothing where none was measured. */
export const beside = (
  other: number | undefined,
  ours: number | undefined,
  write: (value: number) => string,
): string | undefined =>
  other === undefined || ours === undefined
    ? undefined
    : `${write(other)} (×${(other / ours).toFixed(2)})`;
