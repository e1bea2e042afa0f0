import type { Principal } from '../principal';
import { holds } from './condition';
import { contextOf, type GivenContext } from './context';
import { parsePolicy, type Policy, type Scope, type Statement } from './document';
import { type Grant, grantOf, stronger } from './grant';
import { type Context, matches, matchesArn, type Reading } from './pattern';

/** The policies that apply to a request, as JSON documents. */
export interface Policies {
  identityPolicies: string[];
  resourcePolicy?: string | undefined;
  boundary?: string | undefined;
  sessionPolicies?: string[] | undefined;
  /** What an organization attached, level by level from its root to the account. */
  serviceControls?: string[][] | undefined;
  resourceControls?: string[][] | undefined;
}

/** Who wants to do what to which resource; `aws:ResourceAccount` defaults to the ARN's account. */
export interface AccessRequest {
  principal: Principal;
  action: string;
  resource: string;
  context: GivenContext;
  /** The policy simulator knows no trust policies: it asks identity policies alone. */
  simulated?: boolean;
  /** For roots, whom only their organization restricts. */
  controlsOnly?: boolean;
}

export type PolicySource =
  'identity' | 'resource' | 'boundary' | 'session' | 'serviceControl' | 'resourceControl';

/**
 * A statement that applied to the request: its place among the policies of its kind, or the level
 * of the organization that it was attached to.
 */
export interface Match {
  source: PolicySource;
  policy: number;
  statement: number;
  effect: string;
  grant: Grant;
  said: Statement;
}

export interface Evaluation {
  decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  matched: Match[];
  /** The kind of policy that made a denial: the one that denies, or that lacks an allow. */
  deniedBy?: PolicySource;
}

// These resources answer to their own policy alone: IAM permissions never suffice.
const ownPolicyRules = /^(sts:assumerole|sts:tagsession|sts:setsourceidentity)/i;
const isKey = /^arn:aws[\w-]*:kms:[^:]*:\d{12}:key\//;

/** AWS's evaluation logic: a deny anywhere wins, then someone must allow and nobody may cap. */
export function evaluate(policies: Policies, request: AccessRequest): Evaluation {
  const matched = matchAll(policies, request);
  const denial = matched.find((match) => match.effect === 'Deny');
  if (denial) return { decision: 'explicitDeny', matched, deniedBy: denial.source };
  const deniedBy = missingAllow(policies, request, matched);
  return deniedBy
    ? { decision: 'implicitDeny', matched, deniedBy }
    : { decision: 'allowed', matched };
}

function missingAllow(
  policies: Policies,
  request: AccessRequest,
  matched: Match[],
): PolicySource | undefined {
  const control = silentControl(policies, matched);
  return control !== undefined || request.controlsOnly
    ? control
    : missingGrant(policies, request, matched);
}

function missingGrant(
  policies: Policies,
  request: AccessRequest,
  matched: Match[],
): PolicySource | undefined {
  const grant = matched
    .map(({ source, grant: given }) => (source === 'resource' ? given : 'none'))
    .reduce(stronger, 'none');
  if (request.principal.type === 'service') return grant === 'direct' ? undefined : 'resource';
  if (grant === 'none' && needsResourcePolicy(request)) return 'resource';
  // Across accounts even the most direct grant leaves it to the caller's own account.
  const delegated = isCrossAccount(request) ? 'account' : grant;
  return delegated === 'direct' ? undefined : missingInAccount(policies, delegated, matched);
}

/** Each level of an organization has to allow; by default a policy at each allows everything. */
function silentControl(
  { serviceControls = [], resourceControls = [] }: Policies,
  matched: Match[],
): PolicySource | undefined {
  const isSilent = (source: PolicySource, level: number): boolean =>
    !matched.some((match) => match.source === source && match.policy === level);
  if (resourceControls.some((_level, index) => isSilent('resourceControl', index)))
    return 'resourceControl';
  return serviceControls.some((_level, index) => isSilent('serviceControl', index))
    ? 'serviceControl'
    : undefined;
}

function missingInAccount(
  policies: Policies,
  grant: Grant,
  matched: Match[],
): PolicySource | undefined {
  const granted = grant === 'role' || allowedBy('identity', matched);
  return granted ? capOn(policies, matched) : 'identity';
}

/** What holds back permissions that were granted: neither grants anything by itself. */
function capOn({ boundary, sessionPolicies = [] }: Policies, matched: Match[]) {
  if (boundary !== undefined && !allowedBy('boundary', matched)) return 'boundary';
  return sessionPolicies.length > 0 && !allowedBy('session', matched) ? 'session' : undefined;
}

const allowedBy = (source: PolicySource, matched: Match[]): boolean =>
  matched.some((match) => match.source === source);

const needsResourcePolicy = (request: AccessRequest): boolean =>
  isCrossAccount(request) ||
  (!request.simulated && (ownPolicyRules.test(request.action) || isKey.test(request.resource)));

function isCrossAccount({ principal, resource, context }: AccessRequest): boolean {
  const owner = context['aws:ResourceAccount'] ?? resource.split(':')[4];
  // Some ARNs have no account (S3), and resources of AWS itself have "aws".
  return typeof owner === 'string' && /^\d{12}$/.test(owner) && owner !== principal.accountId;
}

function matchAll(policies: Policies, request: AccessRequest): Match[] {
  const context = contextOf(request.principal, request.context);
  const alone = (documents: string[]): string[][] => documents.map((document) => [document]);
  const bySource: [PolicySource, string[][]][] = [
    ['resourceControl', policies.resourceControls ?? []],
    ['serviceControl', policies.serviceControls ?? []],
    ['identity', alone(policies.identityPolicies)],
    ['boundary', policies.boundary === undefined ? [] : [[policies.boundary]]],
    ['session', alone(policies.sessionPolicies ?? [])],
    ['resource', policies.resourcePolicy === undefined ? [] : [[policies.resourcePolicy]]],
  ];
  return bySource.flatMap(([source, groups]) =>
    groups.flatMap((documents, policy) =>
      documents
        .flatMap((document) => matchesIn(parsePolicy(document), request, context))
        .map((found) => ({ source, policy, ...found })),
    ),
  );
}

function matchesIn(policy: Policy, request: AccessRequest, context: Context) {
  const variables = policy.variables ? context : undefined;
  return policy.statements.flatMap((statement, index) => {
    const grant = statement.principals ? grantOf(statement.principals, request.principal) : 'none';
    const applies =
      (!statement.principals || grant !== 'none') &&
      covers(statement, request, { variables }) &&
      statement.conditions.every((condition) => holds(condition, context, variables));
    return applies ? [{ statement: index, effect: statement.effect, grant, said: statement }] : [];
  });
}

function covers(statement: Statement, request: AccessRequest, reading: Reading): boolean {
  return (
    coversAction(statement, request.action) &&
    // A trust policy names no resource: it is about its own role.
    (!statement.resource ||
      within(statement.resource, (pattern) => matchesArn(pattern, request.resource, reading)))
  );
}

/** Is a statement about this action, whatever else it asks? */
export const coversAction = (statement: Statement, action: string): boolean =>
  statement.action !== undefined &&
  within(statement.action, (pattern) => matches(pattern, action, { ignoreCase: true }));

const within = (scope: Scope, fits: (pattern: string) => boolean): boolean =>
  scope.values.some(fits) !== scope.negated;
