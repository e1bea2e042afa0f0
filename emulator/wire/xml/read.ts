import { awsError } from '../../errors';
import { readScalar } from '../scalar';
import type { Member } from '../shape';
import type { XmlElement } from './parse';
import { parseXml } from './parse';

/** S3's own answer to a body that it cannot read. */
export const malformedXml = () =>
  awsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );

// Twice what 1,000 keys or 10,000 parts may take.
const maximum = 4 * 1024 * 1024;

/** Parses a body into its root element. */
export function parseXmlBody(body: Uint8Array): XmlElement {
  if (body.length > maximum)
    throw awsError('MaxMessageLengthExceeded', 'Your request was too big.');
  const root = parsed(body);
  if (!root) throw malformedXml();
  return root;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function parsed(body: Uint8Array): XmlElement | undefined {
  try {
    return parseXml(decoder.decode(body));
  } catch {
    // Bytes that are not UTF-8, or a tag beyond what the expression engine takes.
    return undefined;
  }
}

/** Reads an element by its shape. Elements that the shape does not know are dropped. */
export function readXml(member: Member, element: XmlElement): unknown {
  switch (member.shape.kind) {
    case 'structure':
      return readXmlStructure(member.shape.members, element);
    case 'list':
      return readItems(member, childrenNamed(element, elementName(member)));
    case 'map':
      return readEntries(member, childrenNamed(element, 'entry'));
    default:
      return readText(member, element.text, element.children.length);
  }
}

/** Reads those members of a structure that stand in the element; the rest stay absent. */
export function readXmlStructure(members: Member[], element: XmlElement): Record<string, unknown> {
  const output: Record<string, unknown> = {};
  for (const child of members) {
    const value = readMember(child, element);
    if (value !== undefined) output[child.name] = value;
  }
  return output;
}

function readMember(member: Member, parent: XmlElement): unknown {
  const name = member.traits.xmlName ?? member.name;
  if (member.traits.xmlAttribute) return readAttribute(member, parent.attributes[name]);
  const found = childrenNamed(parent, name);
  const [first] = found;
  if (!first) return undefined;
  if (member.traits.xmlFlattened)
    return member.shape.kind === 'map' ? readEntries(member, found) : readItems(member, found);
  return readXml(member, first);
}

const readAttribute = (member: Member, value: string | undefined): unknown =>
  value === undefined ? undefined : readText(member, value, 0);

const childrenNamed = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((child) => child.name === name);

const elementName = (list: Member): string => list.shape.element.traits.xmlName ?? 'member';

const readItems = (list: Member, items: XmlElement[]): unknown[] =>
  items.map((item) => readXml(list.shape.element, item));

function readEntries(map: Member, entries: XmlElement[]): Record<string, unknown> {
  const { key, element } = map.shape;
  return Object.fromEntries(
    entries.map((entry) => {
      const [name] = childrenNamed(entry, key.traits.xmlName ?? 'key');
      const [value] = childrenNamed(entry, element.traits.xmlName ?? 'value');
      if (!name || !value) throw malformedXml();
      return [name.text, readXml(element, value)];
    }),
  );
}

function readText(member: Member, text: string, children: number): unknown {
  const isString = member.shape.kind === 'string';
  const value = readScalar(member, isString ? text : text.trim());
  if (value === undefined || children > 0) throw malformedXml();
  return value;
}
