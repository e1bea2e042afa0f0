import type { Account } from '../../../checker/account';
import { type Deployed, readStack } from './template';

/** The stack of the service, which the pipeline is to own. */
export const ordersStack = ({ lab }: Account): string => `${lab}-orders`;

/** The alias that customers call, and what its UpdatePolicy says of how it moves. */
export interface Live {
  functionName: string;
  alias: string;
  arn: string;
  /** Set when the UpdatePolicy names them. */
  application?: string | undefined;
  group?: string | undefined;
  /** Name or ARN of the function that is asked before any traffic moves. */
  hook?: string | undefined;
}

/** Finds the alias `live` in the stack lab-01-orders. */
export async function findLive(account: Account): Promise<Live | undefined> {
  const stack = await readStack(account, ordersStack(account));
  const found = Object.entries(stack?.declared ?? {}).find(
    ([id, { Type }]) => Type === 'AWS::Lambda::Alias' && stack?.physical.get(id)?.endsWith(':live'),
  );
  return stack && found ? liveIn(stack, found[0]) : undefined;
}

/** Which versions `live` sends orders to, and in which share. */
export async function weightsOf(
  { lambda }: Account,
  { functionName, alias }: Live,
): Promise<{ version: string; weights: Record<string, number> }> {
  const { FunctionVersion = '', RoutingConfig } = await lambda.getAlias({
    FunctionName: functionName,
    Name: alias,
  });
  return { version: FunctionVersion, weights: RoutingConfig?.AdditionalVersionWeights ?? {} };
}

/** `2 (90 %), 3 (10 %)` */
export function sharesText({ version, weights }: Awaited<ReturnType<typeof weightsOf>>): string {
  const others = Object.entries(weights);
  const rest = 1 - others.reduce((sum, [, weight]) => sum + weight, 0);
  return [[version, rest] as const, ...others]
    .map(([name, weight]) => `version ${name} (${Math.round(weight * 100)} %)`)
    .join(', ');
}

// --- internal ---

function liveIn({ declared, physical, textOf }: Deployed, id: string): Live {
  const arn = physical.get(id) ?? '';
  const policy = declared[id]?.UpdatePolicy?.CodeDeployLambdaAliasUpdate ?? {};
  const [functionName = '', alias = ''] = arn.split(':').slice(-2);
  return {
    functionName,
    alias,
    arn,
    application: textOf(policy['ApplicationName']),
    group: textOf(policy['DeploymentGroupName']),
    hook: textOf(policy['BeforeAllowTrafficHook']),
  };
}
