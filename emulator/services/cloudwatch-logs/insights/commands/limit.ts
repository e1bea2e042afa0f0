import { malformed } from '../malformed';
import type { Command } from '../pipeline';

const most = 10_000;

/** `limit 20` */
export const limit: Command = (pipeline) => {
  const { scanner } = pipeline;
  const token = scanner.peek();
  if (token.kind !== 'number') throw scanner.unexpected();
  const count = Number(scanner.next().text);
  if (count < 1 || count > most)
    // The text was not verified.
    throw malformed(`limit must be between 1 and ${most}`, token.start, token.end);
  return (rows) => rows.slice(0, count);
};
