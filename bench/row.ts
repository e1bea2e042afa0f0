/** One line of the table. The floor is the same client in front of a server that answers a constant. */
export interface Figure {
  what: string;
  figure: string;
  floor?: string;
  budget?: string;
}

/** A file of this folder exports one as default. */
export type Row = () => AsyncGenerator<Figure>;

export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

export const perSecond = (value: number): string => `${Math.round(value)} /s`;
