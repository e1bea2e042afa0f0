import { writeBase64, writeTimestamp } from '../scalar';
import type { Kind, Member } from '../shape';

/** The value as `JSON.stringify` takes it; members that the shape does not have are left out. */
export function toJson(member: Member, value: unknown): unknown {
  const write = writers[member.shape.kind];
  return write ? write(member, value) : value;
}

const writeStructure = (member: Member, value: unknown): Record<string, unknown> =>
  writeMembers(member.shape.members, value as Record<string, unknown>);

/** Some members of a structure: those that a REST answer has in its body. */
export function writeMembers(
  members: Member[],
  input: Record<string, unknown>,
): Record<string, unknown> {
  const output: Record<string, unknown> = {};
  for (const child of members) {
    const found = input[child.name];
    if (found === undefined || found === null) continue;
    output[child.traits.jsonName ?? child.name] = toJson(child, found);
  }
  return output;
}

function writeList(member: Member, value: unknown): unknown[] {
  const { element } = member.shape;
  const items = (value as unknown[]).filter((item) => item !== undefined);
  return items.map((item) => (item === null ? null : toJson(element, item)));
}

function writeMap(member: Member, value: unknown): Record<string, unknown> {
  const { element } = member.shape;
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown>)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, item === null ? null : toJson(element, item)]),
  );
}

function writeDate(member: Member, value: unknown): string | number {
  const format = member.format ?? 'epoch';
  const date = value as Date;
  return format === 'epoch' ? date.getTime() / 1000 : writeTimestamp(date, format);
}

const writers: Partial<Record<Kind, (member: Member, value: unknown) => unknown>> = {
  structure: writeStructure,
  unit: () => ({}),
  list: writeList,
  map: writeMap,
  timestamp: writeDate,
  blob: (_member, value) => writeBase64(value as Uint8Array | string),
  number: (_member, value) => (Number.isFinite(value) ? value : String(value)),
};
