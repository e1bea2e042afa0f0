import type { EventBridge } from '@aws-sdk/client-eventbridge';
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

/** The other statements of the bus stay: PutPermission with a whole policy would drop them. */
async function statementsBeside(
  { EventBusName, StatementId }: StatementPlace,
  events: EventBridge,
): Promise<unknown[]> {
  const { Policy = '{}' } = await events.describeEventBus({ Name: EventBusName });
  const { Statement = [] } = JSON.parse(Policy) as { Statement?: { Sid?: string }[] };
  return Statement.filter(({ Sid }) => Sid !== StatementId);
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
};
