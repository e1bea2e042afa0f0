import { formatError } from '../errors';

const longestName = 255;

/** Refuses a name that is longer than CloudFormation takes, in words that were not verified. */
export function checkNameLength(kind: string, name: string): void {
  if (name.length <= longestName) return;
  throw formatError(
    `${kind} name ${name} exceeds the maximum number of allowed characters (${longestName})`,
  );
}

/** Refuses a section with too many members. */
export function checkCount(kind: string, count: number, most = 200): void {
  if (count <= most) return;
  throw formatError(`${kind} count ${count} is greater than max allowed ${most}`);
}
