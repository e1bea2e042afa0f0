import { awsError } from '../../errors';
import { readScalar } from '../scalar';
import type { Member } from '../shape';
import type { FormNode } from './form';

/** Where a protocol of the query family puts things in a form. */
export interface FormRules {
  nameOf(member: Member): string;
  /** ec2 writes `Filter.1.Name` where the others write `Filters.member.1.Name`. */
  flattensLists: boolean;
}

export const queryRules: FormRules = {
  nameOf: (member) => member.traits.xmlName ?? member.name,
  flattensLists: false,
};

export const ec2Rules: FormRules = {
  nameOf: ({ traits, name }) => traits.ec2QueryName ?? capitalized(traits.xmlName ?? name),
  flattensLists: true,
};

const capitalized = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** Reads the node of a form that stands where the member does. */
export function readForm(member: Member, node: FormNode, rules: FormRules): unknown {
  switch (member.shape.kind) {
    case 'unit':
    case 'structure':
      return readStructure(member, node, rules);
    case 'list':
      return readList(member, node, rules);
    case 'map':
      return readMap(member, node, rules);
    default:
      return readValue(member, node);
  }
}

// Codes and texts of the query front end as CloudWatch and SNS show them; other services not verified.
const malformed = (message: string) => awsError('MalformedInput', message);

function readStructure(member: Member, node: FormNode, rules: FormRules): Record<string, unknown> {
  if (node.value) throw malformed('Unexpected complex element termination');
  const output: Record<string, unknown> = {};
  for (const child of member.shape.members) {
    const found = node.children?.get(rules.nameOf(child));
    if (found) output[child.name] = readForm(child, found, rules);
  }
  return output;
}

function readList(member: Member, node: FormNode, rules: FormRules): unknown[] {
  const { element } = member.shape;
  const isFlat = rules.flattensLists || member.traits.xmlFlattened;
  const items = isFlat ? node : itemsOf(node, element.traits.xmlName ?? 'member');
  return numbered(items).map((item) => readForm(element, item, rules));
}

function itemsOf(node: FormNode, name: string): FormNode {
  if (node.value) throw malformed('Unexpected list element termination');
  return node.children?.get(name) ?? {};
}

function readMap(member: Member, node: FormNode, rules: FormRules): Record<string, unknown> {
  const { key, element } = member.shape;
  const entries = member.traits.xmlFlattened ? node : itemsOf(node, 'entry');
  return Object.fromEntries(
    numbered(entries).map((entry) => {
      const name = entry.children?.get(key.traits.xmlName ?? 'key')?.value;
      const value = entry.children?.get(element.traits.xmlName ?? 'value');
      if (name === undefined || !value) throw malformed('Unexpected map key-value termination');
      return [name, readForm(element, value, rules)];
    }),
  );
}

/** The items of a list in the order of their numbers, which may have gaps; `Names=` is an empty list. */
function numbered(node: FormNode): FormNode[] {
  if (node.value) throw malformed('Unexpected list element termination');
  const items = [...(node.children ?? [])].map(([index, item]) => {
    if (!/^\d{1,9}$/.test(index)) throw malformed('Unexpected list element termination');
    return { index: Number(index), item };
  });
  return items.sort((a, b) => a.index - b.index).map(({ item }) => item);
}

function readValue(member: Member, { value, children }: FormNode): unknown {
  if (value === undefined || children)
    throw malformed('Start of structure or map found where not expected.');
  const read = readScalar(member, value);
  if (read === undefined) throw malformed(`Invalid value '${value}' for ${member.name}`);
  return read;
}
