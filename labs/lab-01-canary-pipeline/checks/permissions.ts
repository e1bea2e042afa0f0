import type { Account } from '../../../checker/account';

interface Asked {
  action: string;
  resources: string[];
  /** Values of condition keys, `iam:PassedToService`. */
  context?: Record<string, string>;
}

/** On which of these resources a role may do something, by IAM's own simulation. */
export async function allowedOn(
  { iam }: Account,
  roleArn: string,
  { action, resources, context = {} }: Asked,
): Promise<string[]> {
  const { EvaluationResults = [] } = await iam.simulatePrincipalPolicy({
    PolicySourceArn: roleArn,
    ActionNames: [action],
    ResourceArns: resources,
    ContextEntries: Object.entries(context).map(([ContextKeyName, value]) => ({
      ContextKeyName,
      ContextKeyValues: [value],
      ContextKeyType: 'string',
    })),
  });
  // One resource is decided on top; of several each has its own decision below (IAM's API reference).
  return EvaluationResults.flatMap(({ EvalDecision, EvalResourceName, ResourceSpecificResults }) =>
    resources.length === 1
      ? [{ decision: EvalDecision, resource: EvalResourceName }]
      : (ResourceSpecificResults ?? []).map((result) => ({
          decision: result.EvalResourceDecision,
          resource: result.EvalResourceName,
        })),
  ).flatMap(({ decision, resource }) => (decision === 'allowed' ? (resource ?? []) : []));
}

/** The services that may assume a role. */
export async function trustedBy({ iam }: Account, roleArn: string): Promise<string[]> {
  const { Role } = await iam.getRole({ RoleName: roleArn.slice(roleArn.lastIndexOf('/') + 1) });
  const { Statement } = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '{}')) as {
    Statement?: Trust | Trust[];
  };
  return [Statement ?? []]
    .flat()
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Principal }) => (typeof Principal === 'string' ? [] : (Principal?.Service ?? [])));
}

// --- internal ---

interface Trust {
  Effect: string;
  Principal?: string | { Service?: string | string[] };
}
