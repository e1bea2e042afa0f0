import { Body } from './codec';

/** Removes what nobody else should read; the same secret gets the same name, so that facts still compare. */
export function createSecrets(): { remove: (value: unknown) => unknown } {
  const names = new Map<string, string>();
  const nameOf = (secret: string) => {
    const known = names.get(secret) ?? `«secret ${names.size + 1}»`;
    names.set(secret, known);
    return known;
  };
  return { remove: (value) => withoutSecrets(value, nameOf) };
}

/** Parameters of a call as evidence shows them, and as a record finds them again. */
export const shownInput = (input: unknown): unknown =>
  mapTexts(
    withoutSecrets(input, () => '«secret»'),
    (text) => text.replaceAll(/«secret \d+»/g, '«secret»'),
  );

// --- internal ---

type NameOf = (secret: string) => string;

// Names of members, of environment variables and of parameters whose value is nobody's business.
const secretName =
  /^(secret(string|binary|access_?key|key)|(session|auth|access|refresh|security|id)_?token|plaintext|private_?key|client_?secret|api_?key|.*password|.*passphrase)$/i;

// What is secret wherever it stands: access keys, signatures in URLs, private keys.
const secretText = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /(?<=X-Amz-(?:Signature|Security-Token|Credential)=)[^&"\s]+/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g,
  /(?<="(?:\w*[pP]assword|[aA]pi_?[kK]ey|[cC]lient_?[sS]ecret|[sS]ecretAccessKey|[sS]essionToken|private_?[kK]ey)"\s*:\s*")[^"]+/g,
];

const isNamed = (text: string) => /^«secret( \d+)?»$/.test(text);

function withoutSecrets(value: unknown, nameOf: NameOf): unknown {
  if (typeof value === 'string') return textWithout(value, nameOf);
  if (typeof value !== 'object' || value === null || isKept(value)) return value;
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, nameOf));
  if (value instanceof Body) return bodyWithout(value, nameOf);
  const isHidden = hides(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      isHidden(name) ? hidden(member, nameOf) : withoutSecrets(member, nameOf),
    ]),
  );
}

const isKept = (value: object) =>
  value instanceof Date ||
  value instanceof Uint8Array ||
  value instanceof Set ||
  value instanceof Map;

/** Which members of an object hold a secret: by their names, or by what the object says of itself. */
function hides(value: object): (name: string) => boolean {
  const { Type: type, Name: key, name: other } = value as Record<string, unknown>;
  const isSecure =
    type === 'SecureString' ||
    [key, other].some((each) => typeof each === 'string' && secretName.test(each));
  return (name) => secretName.test(name) || (isSecure && /^value$/i.test(name));
}

function hidden(member: unknown, nameOf: NameOf): unknown {
  if (member instanceof Uint8Array) return nameOf(Buffer.from(member).toString('base64'));
  if (typeof member !== 'string') return withoutSecrets(member, nameOf);
  return isNamed(member) ? member : nameOf(member);
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null || isKept(value)) return value;
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, mapTexts(member, change)]),
  );
}

const textWithout = (text: string, nameOf: NameOf): string =>
  secretText.reduce((left, pattern) => left.replaceAll(pattern, (found) => nameOf(found)), text);

/** A body of text; other bytes are left as they are. */
function bodyWithout(body: Body, nameOf: NameOf): Body {
  const text = Buffer.from(body.bytes).toString();
  const clean = textWithout(text, nameOf);
  return clean === text ? body : new Body(Buffer.from(clean));
}
