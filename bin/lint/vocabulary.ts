/** Words that AWS gives: enum values and member names of these SDK packages. */
export function wordsOfAws(packages: string[]): Set<string> {
  const words = new Set<string>();
  for (const name of packages) {
    const exported = require(name) as Record<string, unknown>;
    for (const value of Object.values(exported)) for (const word of wordsIn(value)) words.add(word);
  }
  return words;
}

/** Shapes of what AWS names everywhere: actions, types, principals, condition keys, ARNs. */
export const isOfAws = (text: string): boolean =>
  shapes.some((shape) => shape.test(text)) || common.has(text);

const shapes = [
  /^[a-z][\w-]*:[A-Za-z*]\w*(\/[\w:-]*)?$/,
  /^AWS::\w+::\w+$/,
  /^[\w.-]+\.amazonaws\.com$/,
  /^aws[.:][\w:-]+$/,
  /^arn:aws[\w-]*:/,
];

// Of IAM's policy language and the network, which no schema lists.
const common = new Set(['Allow', 'Deny', 'Statement', 'Service', 'AWS', 'Federated', '*', 'tcp']);

function wordsIn(value: unknown): string[] {
  if (Array.isArray(value)) return membersOf(value);
  if (typeof value !== 'object' || value === null) return [];
  const values = Object.values(value);
  return values.every((each) => typeof each === 'string') ? values : [];
}

/** A structure's schema: its fifth element lists its members. */
function membersOf(schema: unknown[]): string[] {
  const members: unknown = schema[4];
  return Array.isArray(members) ? members.filter((each) => typeof each === 'string') : [];
}
