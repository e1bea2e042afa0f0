import type { Statement } from '@aws-sdk/client-iam';
import {
  contextKeysOf,
  contextOf,
  evaluate,
  type Evaluation,
  type GivenContext,
  type Match,
  uniqueKeys,
} from '../../authorisation';
import type { Principal } from '../../principal';
import type { Membership } from '../../service';
import type { NamedPolicy } from './identity-policies';
import { statementSpans } from './positions';

/** Whom the simulator asks about, and under which circumstances. */
export interface Simulated {
  policies: NamedPolicy[];
  boundaries: NamedPolicy[];
  resourcePolicy?: string;
  principal: Principal;
  context: GivenContext;
  membership?: Membership | undefined;
}

/** What is decided about one action on one resource. */
export interface OnResource {
  resource: string;
  decision: Evaluation['decision'];
  matched: Statement[];
  missing: string[];
  byBoundary: boolean | undefined;
  byOrganization: boolean;
}

/** Asks the evaluation that also decides about real requests. */
export function simulateOn(
  simulated: Simulated,
  { action, resource }: { action: string; resource: string },
): OnResource {
  const { policies, boundaries, resourcePolicy, principal, context, membership } = simulated;
  const [boundary] = boundaries;
  const evaluation = evaluate(
    {
      identityPolicies: policies.map(({ document }) => document),
      boundary: boundary?.document,
      resourcePolicy,
      serviceControls: membership?.serviceControls,
    },
    { principal, action, resource, context, simulated: true },
  );
  return {
    resource,
    decision: evaluation.decision,
    matched: deciding(evaluation).map((match) => statementOf(simulated, match)),
    missing: missingKeys(simulated, action),
    byBoundary: boundary ? allows(evaluation) : undefined,
    byOrganization: evaluation.deniedBy !== 'serviceControl',
  };
}

/** The denying statements of an explicit deny, the allowing ones of an allow, else none. */
function deciding({ decision, matched }: Evaluation): Match[] {
  const effect = { allowed: 'Allow', explicitDeny: 'Deny', implicitDeny: '' }[decision];
  return matched.filter(
    (match) => match.effect === effect && ['identity', 'resource'].includes(match.source),
  );
}

const allows = ({ matched }: Evaluation): boolean => {
  const bounding = matched.filter(({ source }) => source === 'boundary');
  return bounding.length > 0 && bounding.every(({ effect }) => effect === 'Allow');
};

function statementOf(simulated: Simulated, { source, policy, statement }: Match): Statement {
  const named =
    source === 'resource'
      ? { id: 'ResourcePolicy', document: simulated.resourcePolicy ?? '', type: source }
      : simulated.policies[policy];
  return {
    SourcePolicyId: named?.id,
    SourcePolicyType: named?.type,
    ...statementSpans(named?.document ?? '')[statement],
  };
}

/** Keys that statements about this action ask for and that nobody gave. */
function missingKeys(simulated: Simulated, action: string): string[] {
  const { policies, boundaries, resourcePolicy, principal, context } = simulated;
  const documents = [...policies, ...boundaries].map(({ document }) => document);
  const asked = [...documents, ...(resourcePolicy === undefined ? [] : [resourcePolicy])];
  const given = contextOf(principal, context);
  return uniqueKeys(asked.flatMap((document) => contextKeysOf(document, action))).filter(
    (key) => !given.has(key.toLowerCase()),
  );
}
