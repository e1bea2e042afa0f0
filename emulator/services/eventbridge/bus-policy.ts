import type { Condition, PutPermissionRequest } from '@aws-sdk/client-eventbridge';
import { parseObject } from '../../json';
import { checkName, invalid, notFound } from './errors';
import { busArn, findBus } from './find';
import type { Bus, EventBridgeCall, EventBridgeHandlers, Statement } from './state';

export const busPolicy = {
  PutPermission(input, call) {
    const bus = findBus(input.EventBusName, call);
    if (input.Policy !== undefined) {
      bus.statements = statementsOf(input.Policy);
      return;
    }
    const statement = statementFrom(input, busArn(bus.name, call));
    bus.statements = [...bus.statements.filter(({ Sid }) => Sid !== statement.Sid), statement];
  },

  RemovePermission({ StatementId, RemoveAllPermissions, EventBusName }, call) {
    const bus = findBus(EventBusName, call);
    if (RemoveAllPermissions) {
      bus.statements = [];
      return;
    }
    const kept = bus.statements.filter(({ Sid }) => Sid !== StatementId);
    if (kept.length === bus.statements.length)
      throw notFound('Statement with the provided id does not exist.');
    bus.statements = kept;
  },
} satisfies EventBridgeHandlers;

/** The bus's resource policy, or nothing when it has none. */
export const policyOf = ({ statements }: Bus): string | undefined =>
  statements.length === 0
    ? undefined
    : JSON.stringify({ Version: '2012-10-17', Statement: statements });

export function policyByArn(arn: string, call: EventBridgeCall): string | undefined {
  const [, , , region = '', accountId = '', resource = ''] = arn.split(':');
  const bus = /^event-bus\/(.+)$/.exec(resource)?.[1];
  const found = bus && accountId && call.stateOf(accountId, region).buses.get(bus);
  return found ? policyOf(found) : undefined;
}

function statementsOf(policy: string): Statement[] {
  const statement = parseObject(policy)?.['Statement'];
  // The text was not verified.
  if (statement === undefined) throw invalid('The policy document is not valid.');
  return (Array.isArray(statement) ? statement : [statement]) as Statement[];
}

function statementFrom(input: PutPermissionRequest, Resource: string): Statement {
  const { StatementId: Sid, Action = 'events:PutEvents', Principal: who, Condition } = input;
  if (!Sid || !who)
    throw invalid('Parameters StatementId, Action and Principal must be specified.');
  checkName(Sid, 'statementId', { pattern: '[a-zA-Z0-9-_]+' });
  checkName(who, 'principal', { pattern: '(\\d{12}|\\*)' });
  if (Action !== 'events:PutEvents')
    throw invalid("Provided value in parameter 'action' is not supported.");
  return {
    Sid,
    Effect: 'Allow',
    Principal: who === '*' ? '*' : { AWS: `arn:aws:iam::${who}:root` },
    Action,
    Resource,
    ...(Condition ? { Condition: conditionFrom(Condition) } : {}),
  };
}

const conditionFrom = ({ Type = '', Key = '', Value = '' }: Condition) => ({
  [Type]: { [Key]: Value },
});
