type Json = Record<string, unknown>;

/** What was assigned so far stands under the operator that assigns. */
const assign = '@@assign';

/**
 * A child's policy over its parents', by AWS's inheritance operators `@@assign`, `@@append` and
 * `@@remove`. `@@operators_allowed_for_child_policies` is not obeyed.
 */
export function merged(parent: Json, child: Json): Json {
  const result = { ...parent };
  for (const [key, value] of Object.entries(child)) {
    if (key === '@@operators_allowed_for_child_policies') continue;
    result[key] = isObject(value) ? mergedAt(parent[key], value) : value;
  }
  return result;
}

function mergedAt(before: unknown, child: Json): unknown {
  const known = isObject(before) ? before : {};
  if (!hasOperator(child)) return merged(known, child);
  const values = assign in child ? child[assign] : known[assign];
  if (!('@@append' in child) && !('@@remove' in child)) return { [assign]: values };
  const removed = new Set(texts(child['@@remove']));
  const all = new Set([...texts(values), ...texts(child['@@append'])]);
  return { [assign]: [...all].filter((value) => !removed.has(value)) };
}

/** The effective policy says values without operators. */
export function plain(policy: unknown): unknown {
  if (!isObject(policy)) return policy;
  if (assign in policy) return policy[assign];
  return Object.fromEntries(Object.entries(policy).map(([key, value]) => [key, plain(value)]));
}

const hasOperator = (value: Json): boolean =>
  ['@@assign', '@@append', '@@remove'].some((operator) => operator in value);

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
