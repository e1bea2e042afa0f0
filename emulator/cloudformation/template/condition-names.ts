import { formatError, templateError } from '../errors';
import { conditionsIn } from './references';
import { isRecord, type Template } from './template';

/** Refuses names of conditions that the template does not define, wherever they stand. */
export function checkConditionNames(template: Template): void {
  const { Conditions: conditions, Resources: resources, Outputs: outputs } = template;
  const isMissing = (name: string): boolean => !Object.hasOwn(conditions, name);
  const blocks = {
    Conditions: Object.values(conditions).flatMap(namedIn),
    Resources: Object.values(resources).flatMap(({ Condition: name }) => name ?? []),
    Outputs: Object.values(outputs).flatMap(({ Condition: name }) => name ?? []),
  };
  for (const [block, names] of Object.entries(blocks)) {
    const missing = names.find(isMissing);
    if (missing === undefined) continue;
    throw formatError(
      `Unresolved condition dependency ${missing} in the ${block} block of the template`,
    );
  }
  const properties = Object.values(resources).map((each) => each.Properties);
  const missing = conditionsIn([properties, outputs]).find(isMissing);
  if (missing === undefined) return;
  throw templateError(`unresolved condition dependency ${missing} in Fn::If`);
}

/** Names that `{ Condition: name }` mentions. */
function namedIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = isRecord(node) && typeof node['Condition'] === 'string' ? [node['Condition']] : [];
  return [...own, ...Object.values(node).flatMap(namedIn)];
}
