import { validationError } from '../errors';
import type { StackResource } from '../stack';
import { isRecord } from '../template/template';
import { text } from '../template/text';

export type PolicyAction = 'Update:Modify' | 'Update:Replace' | 'Update:Delete';

/** Why a stack policy stands against an update of a resource; nothing when it does not. */
export function denialOf(
  policy: string | undefined,
  action: PolicyAction,
  resource: Pick<StackResource, 'logicalId' | 'type'>,
): string | undefined {
  if (policy === undefined) return undefined;
  const statements = statementsOf(policy).map((statement, index) => ({ statement, index }));
  const matching = statements.filter(({ statement }) => applies(statement, action, resource));
  const denial = matching.find(({ statement }) => statement['Effect'] === 'Deny');
  if (denial) {
    return `Action denied by stack policy: Statement [#${denial.index}] does not allow [${action}] for resource [LogicalResourceId/${resource.logicalId}]`;
  }
  return matching.length > 0 ? undefined : 'Action not allowed by stack policy';
}

type Statement = Record<string, unknown>;

/** The statements of a policy, or AWS's refusal of a document that is none. */
export function statementsOf(policy: string): Statement[] {
  const document = parsed(policy);
  const statements = isRecord(document) ? [document['Statement']].flat() : [];
  if (statements.length > 0 && statements.every(isStatement)) return statements;
  throw validationError('Error validating stack policy: Invalid stack policy');
}

function parsed(policy: string): unknown {
  try {
    return JSON.parse(policy);
  } catch {
    return undefined;
  }
}

const actions = /^(\*|Update:(\*|Modify|Replace|Delete))$/;

function isStatement(statement: unknown): statement is Statement {
  if (!isRecord(statement)) return false;
  const { Effect: effect, Action, NotAction, Resource, NotResource } = statement;
  const named = [Action ?? NotAction].flat();
  return (
    [effect === 'Allow' || effect === 'Deny', isEveryone(statement['Principal'])].every(Boolean) &&
    named.every((action) => typeof action === 'string' && actions.test(action)) &&
    [Resource, NotResource].some((each) => each !== undefined)
  );
}

/** Stack policies know no other principal. */
const isEveryone = (principal: unknown): boolean =>
  principal === '*' || (isRecord(principal) && principal['AWS'] === '*');

function applies(
  statement: Statement,
  action: PolicyAction,
  { logicalId, type }: Pick<StackResource, 'logicalId' | 'type'>,
): boolean {
  return (
    names(statement, 'Action', action) &&
    names(statement, 'Resource', `LogicalResourceId/${logicalId}`) &&
    holds(statement['Condition'], type)
  );
}

/** By the element, or by its negation. */
function names(statement: Statement, element: 'Action' | 'Resource', value: string): boolean {
  const wanted = statement[element];
  if (wanted !== undefined) return isAmong(wanted, value);
  return !isAmong(statement[`Not${element}`], value);
}

const isAmong = (patterns: unknown, value: string): boolean =>
  [patterns ?? []].flat().some((pattern) => matches(text(pattern), value));

function matches(pattern: string, value: string): boolean {
  const source = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
  return new RegExp(`^${source}$`).test(value);
}

/** The only condition key is the type of the resource. */
function holds(condition: unknown, type: string): boolean {
  if (!isRecord(condition)) return true;
  return Object.entries(condition).every(([operator, keys]) => {
    const wanted = isRecord(keys) ? keys['ResourceType'] : undefined;
    const found =
      operator === 'StringLike' ? isAmong(wanted, type) : [wanted].flat().includes(type);
    return operator.startsWith('StringNot') ? !found : found;
  });
}
