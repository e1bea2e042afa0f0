/** One condition of a statement: any of the values may satisfy it. */
export interface Condition {
  operator: string;
  key: string;
  values: string[];
}

/** A list that a statement gives, or the same list negated (`NotAction`). */
export interface Scope {
  values: string[];
  negated: boolean;
}

/** Principal types with their values: `{ AWS: ['123456789012'], Service: ['ssm.amazonaws.com'] }`. */
export interface Principals {
  values: Record<string, string[]>;
  negated: boolean;
}

export interface Statement {
  sid?: string;
  effect: string;
  action: Scope | undefined;
  resource: Scope | undefined;
  principals: Principals | undefined;
  conditions: Condition[];
}

export interface Policy {
  /** Policy variables mean something from version 2012-10-17 on. */
  variables: boolean;
  statements: Statement[];
}

type Json = Record<string, unknown>;

const parsed = new Map<string, Policy>();
const remembered = 500;

/** Reads a policy that passed validation; what is not there is left out, nothing is refused. */
export function parsePolicy(document: string): Policy {
  const known = parsed.get(document);
  if (known) return known;
  const policy = readPolicy(document);
  if (parsed.size >= remembered) parsed.clear();
  parsed.set(document, policy);
  return policy;
}

function readPolicy(document: string): Policy {
  const json = JSON.parse(document) as Json;
  return {
    variables: json['Version'] === '2012-10-17',
    statements: listOf(json['Statement']).map((statement) => readStatement(objectOf(statement))),
  };
}

function readStatement(json: Json): Statement {
  const sid = json['Sid'];
  return {
    ...(typeof sid === 'string' ? { sid } : {}),
    effect: textOf(json['Effect']),
    action: scopeOf(json['Action'], json['NotAction']),
    resource: scopeOf(json['Resource'], json['NotResource']),
    principals: principalsOf(json['Principal'], json['NotPrincipal']),
    conditions: conditionsOf(objectOf(json['Condition'])),
  };
}

function scopeOf(plain: unknown, negated: unknown): Scope | undefined {
  if (plain !== undefined) return { values: textsOf(plain), negated: false };
  return negated === undefined ? undefined : { values: textsOf(negated), negated: true };
}

function principalsOf(plain: unknown, negated: unknown): Principals | undefined {
  const given = plain ?? negated;
  if (given === undefined) return undefined;
  const values =
    typeof given === 'string'
      ? { AWS: [given] }
      : Object.fromEntries(
          Object.entries(objectOf(given)).map(([type, value]) => [type, textsOf(value)]),
        );
  return { values, negated: plain === undefined };
}

const conditionsOf = (json: Json): Condition[] =>
  Object.entries(json).flatMap(([operator, keys]) =>
    Object.entries(objectOf(keys)).map(([key, values]) => ({
      operator,
      key,
      values: textsOf(values),
    })),
  );

const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};

/** AWS takes one value for a list of one everywhere in a policy. */
export const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

const textsOf = (value: unknown): string[] => listOf(value).map(textOf);

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
