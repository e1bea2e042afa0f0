import { type EventBridge, ResourceNotFoundException } from '@aws-sdk/client-eventbridge';
import { asText } from '../../cloudformation/as-text';
import { ignoring } from '../../cloudformation/properties';
import type { Properties, ProviderContext, ResourceProvider } from '../../cloudformation/provider';

interface StatementPlace {
  EventBusName: string;
  StatementId: string;
}

const placeOf = (properties: Properties): StatementPlace => ({
  EventBusName: asText(properties['EventBusName'] ?? 'default'),
  StatementId: asText(properties['StatementId']),
});

interface Statement {
  Sid?: string;
  Principal?: unknown;
  Action?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

async function statementsOf(Name: string, events: EventBridge): Promise<Statement[]> {
  const { Policy = '{}' } = await events.describeEventBus({ Name });
  return (JSON.parse(Policy) as { Statement?: Statement[] }).Statement ?? [];
}

/** The other statements of the bus stay: PutPermission with a whole policy would drop them. */
async function statementsBeside(
  { EventBusName, StatementId }: StatementPlace,
  events: EventBridge,
): Promise<Statement[]> {
  const all = await statementsOf(EventBusName, events);
  return all.filter(({ Sid }) => Sid !== StatementId);
}

/** A statement both whole and in the members that PutPermission makes one from. */
function propertiesOf(place: StatementPlace, statement: Statement): Properties {
  const { Principal, Action, Condition = {} } = statement;
  const account = /:(\d{12}):root$/.exec(asText((Principal as { AWS?: unknown })?.AWS ?? ''))?.[1];
  const [condition] = Object.entries(Condition).flatMap(([Type, keys]) =>
    Object.entries(keys).map(([Key, Value]) => ({ Type, Key, Value })),
  );
  return {
    ...place,
    Statement: statement,
    Principal: account ?? Principal,
    Action,
    ...(condition && { Condition: condition }),
  };
}

async function put(properties: Properties, context: ProviderContext): Promise<void> {
  const events = context.client<EventBridge>('eventbridge');
  const place = placeOf(properties);
  const { Statement, Action, Principal, Condition } = properties;
  if (Statement === undefined) {
    await events.putPermission({
      ...place,
      Action: asText(Action ?? 'events:PutEvents'),
      Principal: asText(Principal),
      ...(Condition === undefined
        ? {}
        : { Condition: Condition as { Type: string; Key: string; Value: string } }),
    });
    return;
  }
  const added = { Sid: place.StatementId, ...(Statement as Record<string, unknown>) };
  const others = await statementsBeside(place, events);
  await events.putPermission({
    EventBusName: place.EventBusName,
    Policy: JSON.stringify({ Version: '2012-10-17', Statement: [...others, added] }),
  });
}

const idOf = (properties: Properties): string => {
  const { EventBusName, StatementId } = placeOf(properties);
  return `${EventBusName}|${StatementId}`;
};

/** AWS::Events::EventBusPolicy: one statement of a bus's policy. */
export const eventBusPolicy: ResourceProvider = {
  properties: [
    'Action',
    'Condition.Key',
    'Condition.Type',
    'Condition.Value',
    'EventBusName',
    'Principal',
    'Statement',
    'StatementId',
  ],

  async create(properties, context) {
    await put(properties, context);
    return { physicalId: idOf(properties) };
  },

  async update(physicalId, { properties }, context) {
    await put(properties, context);
    return { physicalId };
  },

  async delete(_physicalId, properties, context) {
    const events = context.client<EventBridge>('eventbridge');
    await ignoring(['ResourceNotFoundException'], events.removePermission(placeOf(properties)));
  },

  async read(_physicalId, properties, context) {
    const place = placeOf(properties);
    const look = statementsOf(place.EventBusName, context.client<EventBridge>('eventbridge'));
    const all = await look.catch((error: unknown) => {
      if (error instanceof ResourceNotFoundException) return [];
      throw error;
    });
    const found = all.find(({ Sid }) => Sid === place.StatementId);
    return found && propertiesOf(place, found);
  },
};
