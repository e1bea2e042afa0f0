import { table } from '../../table';

/** An element of an XML document; `text` is its own character data, entities resolved. */
export interface XmlElement {
  /** Without its namespace prefix. */
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

// One token: comment, processing instruction or declaration, CDATA, tag, or text.
const token =
  /<!--[^]*?-->|<\?[^]*?\?>|<!\[CDATA\[([^]*?)\]\]>|<(\/?)([^\s<>/=!?]+)((?:\s+[^\s<>/=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy;
const attribute = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Reads a whole document, or answers `undefined` when it is not well-formed. Entities are never fetched. */
export function parseXml(source: string): XmlElement | undefined {
  const top: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const match = token.exec(source);
    if (!match || !addToken(open, match)) return undefined;
  }
  const [root, ...others] = top.children;
  const isWhole = open.length === 1 && others.length === 0 && top.text.trim() === '';
  return isWhole ? root : undefined;
}

function addToken(open: XmlElement[], match: RegExpExecArray): boolean {
  const [, cdata, slash, name, , , text] = match;
  if (text !== undefined) return addText(open, resolveEntities(text));
  if (cdata !== undefined) return addText(open, cdata);
  if (name === undefined) return true;
  if (slash) return open.length > 1 && open.pop()?.name === localName(name);
  openElement(open, match);
  return true;
}

function openElement(
  open: XmlElement[],
  [, , , name = '', attributes = '', selfClosing]: string[],
) {
  const element = elementOf(name, attributes);
  open.at(-1)?.children.push(element);
  if (!selfClosing) open.push(element);
}

function addText(open: XmlElement[], text: string | undefined): boolean {
  const current = open.at(-1);
  if (current) current.text += text ?? '';
  return text !== undefined;
}

const elementOf = (name: string, attributes: string): XmlElement => ({
  name: localName(name),
  attributes: Object.fromEntries(
    [...attributes.matchAll(attribute)].map(([, key = '', double, single]) => [
      key,
      resolveEntities(double ?? single ?? '') ?? '',
    ]),
  ),
  children: [],
  text: '',
});

const localName = (name: string) => name.slice(name.indexOf(':') + 1);

const entities: Record<string, string> = table({
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
});

function resolveEntities(text: string): string | undefined {
  // XML 1.0, section 2.11: line ends are normalised before anything else.
  const normal = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  if (!normal.includes('&')) return normal;
  let isValid = true;
  const resolved = normal.replace(/&([^;&]*);?/g, (whole, name: string) => {
    const character = whole.endsWith(';') ? resolveEntity(name) : undefined;
    if (character === undefined) isValid = false;
    return character ?? '';
  });
  return isValid ? resolved : undefined;
}

function resolveEntity(name: string): string | undefined {
  const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name) ?? [];
  const code = hex ? parseInt(hex, 16) : decimal ? Number(decimal) : undefined;
  if (code === undefined) return Object.hasOwn(entities, name) ? entities[name] : undefined;
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
