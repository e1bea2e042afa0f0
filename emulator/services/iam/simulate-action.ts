import type { EvaluationResult, PolicyEvaluationDecisionType } from '@aws-sdk/client-iam';
import { type OnResource, type Simulated, simulateOn } from './simulate-resource';

export type { Simulated } from './simulate-resource';

/** One action on all its resources; what each of them decides stands below the whole. */
export function simulate(
  simulated: Simulated,
  action: string,
  resources: string[],
): EvaluationResult {
  const each = resources.map((resource) => simulateOn(simulated, { action, resource }));
  const onEverything = resources.length === 1 && resources[0] === '*';
  return {
    EvalActionName: action,
    // Of several resources AWS names none on top; text not verified.
    EvalResourceName: resources.length === 1 ? resources[0] : '*',
    EvalDecision: overall(each),
    MatchedStatements: distinct(each.flatMap(({ matched }) => matched)),
    MissingContextValues: onEverything ? each.flatMap(({ missing }) => missing) : [],
    ...details(simulated, each),
    ...(onEverything
      ? {}
      : {
          ResourceSpecificResults: each.map((result) => ({
            EvalResourceName: result.resource,
            EvalResourceDecision: result.decision,
            MatchedStatements: result.matched,
            MissingContextValues: result.missing,
            ...(result.byBoundary === undefined
              ? {}
              : {
                  PermissionsBoundaryDecisionDetail: {
                    AllowedByPermissionsBoundary: result.byBoundary,
                  },
                }),
          })),
        }),
  };
}

/** Allowed only when it is allowed everywhere. */
function overall(each: OnResource[]): PolicyEvaluationDecisionType {
  const decisions = each.map(({ decision }) => decision);
  if (decisions.includes('explicitDeny')) return 'explicitDeny';
  return decisions.includes('implicitDeny') ? 'implicitDeny' : 'allowed';
}

const distinct = <T>(items: T[]): T[] => [
  ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
];

const details = ({ membership, boundaries }: Simulated, each: OnResource[]) => ({
  ...(boundaries.length > 0
    ? {
        PermissionsBoundaryDecisionDetail: {
          AllowedByPermissionsBoundary: each.every(({ byBoundary }) => byBoundary),
        },
      }
    : {}),
  ...(membership
    ? {
        OrganizationsDecisionDetail: {
          AllowedByOrganizations: each.every(({ byOrganization }) => byOrganization),
        },
      }
    : {}),
});
