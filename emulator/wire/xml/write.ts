import { writeScalar } from '../scalar';
import type { Member, TimestampFormat } from '../shape';
import { table } from '../../table';

// Carriage returns and control characters would not survive the client's parser as they are.
const special = /[&<>"\u2028]|(?![\n\t])\p{Cc}/gu;
const escapes: Record<string, string> = table({
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
});

/** Text as it may stand in an element or an attribute. */
export const escapeXml = (text: string): string =>
  text.replace(
    special,
    (found) => escapes[found] ?? `&#x${found.charCodeAt(0).toString(16).toUpperCase()};`,
  );

/** Writes values by their shapes; each protocol has its own default format of timestamps. */
export class XmlWriter {
  readonly #format: TimestampFormat;

  constructor(format: TimestampFormat) {
    this.#format = format;
  }

  /** The children that a structure's members make, `undefined` and `null` left out. */
  structure(members: Member[], value: Record<string, unknown>): string {
    let xml = '';
    for (const member of members) {
      const found = value[member.name];
      if (found === undefined || found === null || member.traits.xmlAttribute) continue;
      xml += this.member(member, found);
    }
    return xml;
  }

  /** One member with its own tag; flattened collections make one tag for each item. */
  member(member: Member, value: unknown): string {
    const name = member.traits.xmlName ?? member.name;
    if (!member.traits.xmlFlattened) return this.element(name, member, value);
    if (member.shape.kind === 'map') return this.#entries(name, member, value);
    return this.#items(name, member, value);
  }

  element(name: string, member: Member, value: unknown): string {
    return `<${name}${this.#attributes(member, value)}>${this.content(member, value)}</${name}>`;
  }

  /** What stands between a value's tags. */
  content(member: Member, value: unknown): string {
    switch (member.shape.kind) {
      case 'structure':
        return this.structure(member.shape.members, value as Record<string, unknown>);
      case 'list':
        return this.#items(member.shape.element.traits.xmlName ?? 'member', member, value);
      case 'map':
        return this.#entries('entry', member, value);
      default:
        return escapeXml(writeScalar(member, value, this.#format));
    }
  }

  #items(name: string, list: Member, value: unknown): string {
    const { element } = list.shape;
    let xml = '';
    for (const item of value as unknown[]) {
      if (item !== undefined && item !== null) xml += this.element(name, element, item);
    }
    return xml;
  }

  #entries(name: string, map: Member, value: unknown): string {
    const { key, element } = map.shape;
    const keyName = key.traits.xmlName ?? 'key';
    const valueName = element.traits.xmlName ?? 'value';
    return Object.entries(value as Record<string, unknown>)
      .filter(([, item]) => item !== undefined && item !== null)
      .map(
        ([text, item]) =>
          `<${name}>${this.element(keyName, key, text)}${this.element(valueName, element, item)}</${name}>`,
      )
      .join('');
  }

  #attributes(member: Member, value: unknown): string {
    const { xmlNamespace } = member.traits;
    let attributes = '';
    if (xmlNamespace) {
      const [prefix, uri] = xmlNamespace;
      attributes += ` ${prefix ? `xmlns:${prefix}` : 'xmlns'}="${escapeXml(uri)}"`;
    }
    for (const child of member.shape.members) {
      const found = (value as Record<string, unknown>)[child.name];
      if (!child.traits.xmlAttribute || found === undefined || found === null) continue;
      attributes += ` ${child.traits.xmlName ?? child.name}="${escapeXml(writeScalar(child, found, this.#format))}"`;
    }
    return attributes;
  }
}
