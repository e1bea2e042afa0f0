import type { Member } from '../wire/shape';

/** CloudTrail leaves out what is longer than 100 KB; so much of one text is more than anyone reads. */
const longestText = 10_000;

const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/** How a service's lists are written: EC2 wraps them, `{"items":[…]}`. */
interface Style {
  wrapsLists: boolean;
}

/**
 * A request or an answer as CloudTrail writes it: names in lower camel case, times as text, bytes
 * left out, and what the model calls sensitive hidden. Null when nothing is in it.
 */
export function shown(member: Member, value: unknown, style: Style): unknown {
  const found = shownValue(member, value, style);
  return isEmpty(found) ? null : found;
}

function shownValue(member: Member, value: unknown, style: Style): unknown {
  if (value === undefined || value === null) return undefined;
  if (member.traits.sensitive) return hidden;
  return (writers[member.shape.kind] ?? scalar)(member, value, style);
}

type Writer = (member: Member, value: unknown, style: Style) => unknown;

const structure: Writer = (member, value, style) => {
  const output: Record<string, unknown> = {};
  const given = value as Record<string, unknown>;
  for (const child of member.shape.members) {
    const found = shownValue(child, given[child.name], style);
    if (found !== undefined) output[lowered(child.name)] = found;
  }
  return output;
};

const list: Writer = ({ shape }, value, style) => {
  const items = (value as unknown[]).map((item) => shownValue(shape.element, item, style));
  return style.wrapsLists ? { items } : items;
};

const map: Writer = ({ shape }, value, style) =>
  Object.fromEntries(
    Object.entries(value as object).map(([key, item]) => [
      key,
      shownValue(shape.element, item, style),
    ]),
  );

const scalar: Writer = (_member, value) =>
  typeof value === 'string' && value.length > longestText ? value.slice(0, longestText) : value;

const writers: Partial<Record<Member['shape']['kind'], Writer>> = {
  structure,
  unit: structure,
  list,
  map,
  blob: () => undefined,
  timestamp: (_member, value) => (value as Date).toISOString(),
};

/** `DBInstance` becomes `dBInstance`: CloudTrail does no more than that. */
const lowered = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
