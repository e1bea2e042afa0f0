import { isOperator } from './condition';
import { listOf } from './document';

/** What a policy is attached to decides which elements it must or must not have. */
export type PolicyKind = 'managed' | 'identity' | 'trust' | 'resource';

type Json = Record<string, unknown>;
type Rule = (statement: Json, kind: PolicyKind) => string | undefined;

/** What IAM has against a policy document, in its own words; `undefined` for a sound one. */
export function malformedPolicy(document: string, kind: PolicyKind): string | undefined {
  const policy = parse(document);
  if (!policy) return kind === 'trust' ? 'This policy contains invalid Json' : syntaxErrors;
  if (!hasSoundShape(policy)) return syntaxErrors;
  // Inline policies of the older version live on from before there were managed ones.
  if (kind === 'managed' && policy['Version'] !== '2012-10-17')
    return 'Policy document must be version 2012-10-17 or greater.';
  const statements = listOf(policy['Statement']).map((statement) => statement as Json);
  const sids = statements.flatMap(({ Sid: sid }) => (sid === undefined ? [] : [sid]));
  if (new Set(sids).size < sids.length)
    return 'Statement IDs (SID) in a single policy must be unique.';
  return first(statements, (statement) => first(rules, (rule) => rule(statement, kind)));
}

const syntaxErrors = 'Syntax errors in policy.';

const policyElements = ['Version', 'Id', 'Statement'];
const statementElements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

const rules: Rule[] = [
  (statement) =>
    hasOne(statement, 'Action') ? undefined : 'Policy statement must contain actions.',
  ({ Action: action, NotAction: notAction }) =>
    first([...listOf(action), ...listOf(notAction)], (value) => malformedAction(String(value))),
  principalRule,
  resourceRule,
  ({ Action: action }, kind) =>
    kind === 'trust' && !listOf(action).every((value) => trustActions.has(String(value)))
      ? 'AssumeRole policy may only specify STS AssumeRole actions.'
      : undefined,
  ({ Resource: resource, NotResource: notResource }) =>
    first([...listOf(resource), ...listOf(notResource)], (value) =>
      malformedResource(String(value)),
    ),
];

const trustActions = new Set([
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:SetContext',
  'sts:SetSourceIdentity',
  'sts:TagSession',
]);

function principalRule(statement: Json, kind: PolicyKind): string | undefined {
  const has = hasOne(statement, 'Principal');
  if (kind === 'identity' || kind === 'managed')
    return has ? 'Policy document should not specify a principal.' : undefined;
  return has ? undefined : 'Missing required field Principal cannot be empty!';
}

function resourceRule(statement: Json, kind: PolicyKind): string | undefined {
  const has = hasOne(statement, 'Resource');
  if (kind === 'trust') return has ? 'Has prohibited field Resource' : undefined;
  return has ? undefined : 'Policy statement must contain resources.';
}

function malformedAction(action: string): string | undefined {
  if (action === '*') return undefined;
  const [vendor = '', ...rest] = action.split(':');
  if (rest.length === 0)
    return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
  if (rest.length > 1) return 'Actions/Condition can contain only one colon.';
  return /^[\w.*-]+$/.test(vendor) ? undefined : `Vendor ${vendor} is not valid`;
}

function malformedResource(resource: string): string | undefined {
  if (/^[*?]$/.test(resource) || resource.startsWith('${')) return undefined;
  if (!resource.includes(':')) return `Resource ${resource} must be in ARN format or "*".`;
  const [scheme, partition = ''] = resource.split(':');
  if (scheme !== 'arn' && scheme !== '*') return 'The policy failed legacy parsing';
  if (/^(aws[a-z-]*|\*|\$\{.*)$/.test(partition)) return undefined;
  return `Partition "${partition}" is not valid for resource "${resource}".`;
}

function parse(document: string): Json | undefined {
  try {
    const policy: unknown = JSON.parse(document);
    return isObject(policy) ? policy : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function hasSoundShape(policy: Json): boolean {
  const { Version: version = '2012-10-17', Id: id = '', Statement: given } = policy;
  const statements = listOf(given);
  return (
    onlyHas(policy, policyElements) &&
    (version === '2012-10-17' || version === '2008-10-17') &&
    typeof id === 'string' &&
    statements.length > 0 &&
    statements.every((statement) => isObject(statement) && isSoundStatement(statement))
  );
}

function isSoundStatement(statement: Json): boolean {
  const { Effect: effect, Sid: sid = '', Condition: condition = {} } = statement;
  return (
    onlyHas(statement, statementElements) &&
    ['Allow', 'Deny'].includes(String(effect)) &&
    typeof sid === 'string' &&
    hasSoundScopes(statement) &&
    isSoundCondition(condition)
  );
}

const hasSoundScopes = (statement: Json): boolean =>
  ['Action', 'Resource', 'Principal'].every((element) => isAtMostOnce(statement, element)) &&
  ['Action', 'NotAction', 'Resource', 'NotResource'].every((element) =>
    isTexts(statement[element]),
  );

const isSoundCondition = (condition: unknown): boolean =>
  isObject(condition) &&
  Object.entries(condition).every(([operator, keys]) => isOperator(operator) && isObject(keys));

const isAtMostOnce = (statement: Json, element: string): boolean =>
  statement[element] === undefined || statement[`Not${element}`] === undefined;

const isTexts = (value: unknown): boolean =>
  listOf(value).every((text) => typeof text === 'string');

const hasOne = (statement: Json, element: string): boolean =>
  listOf(statement[element] ?? statement[`Not${element}`]).length > 0;

const onlyHas = (json: Json, elements: string[]): boolean =>
  Object.keys(json).every((element) => elements.includes(element));

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function first<T>(items: T[], complaint: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = complaint(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
