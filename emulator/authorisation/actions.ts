import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A service's actions with the resource types that they take, and the ARNs of these types. */
export interface ServiceActions {
  /** Names of resource types; those that the action always needs end with an asterisk. */
  actions: Record<string, string>;
  /** `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}` by resource type. */
  resources: Record<string, string>;
}

/** What AWS's service authorization reference says of an action. */
export interface ActionFacts {
  /** Patterns of ARNs that it may be about; none for an action that only knows `*`. */
  resources: string[];
  /** Whether it can be about nothing in particular. */
  needsResource: boolean;
}

let table: Record<string, ServiceActions> | undefined;
let byLowerCase: Map<string, ActionFacts> | undefined;

/** The facts about `sqs:SendMessage`, in any letter case; `undefined` for what is not in the table. */
export function actionFacts(action: string): ActionFacts | undefined {
  byLowerCase ??= new Map(Object.entries(actionTable()).flatMap(factsOf));
  return byLowerCase.get(action.toLowerCase());
}

/** Made by `npm run generate`; read when first asked for. */
function actionTable(): Record<string, ServiceActions> {
  table ??= JSON.parse(
    readFileSync(join(__dirname, 'generated', 'actions.json'), 'utf8'),
  ) as Record<string, ServiceActions>;
  return table;
}

const factsOf = ([service, { actions, resources }]: [string, ServiceActions]) =>
  Object.entries(actions).map(([name, types]): [string, ActionFacts] => {
    const named = types.split(' ').filter((type) => type !== '');
    return [
      `${service}:${name}`.toLowerCase(),
      {
        resources: named.flatMap((type) => resources[type.replace('*', '')] ?? []),
        needsResource: named.some((type) => type.endsWith('*')),
      },
    ];
  });
