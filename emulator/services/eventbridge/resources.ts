import type { EventBridge, Target } from '@aws-sdk/client-eventbridge';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
  ResourceProviders,
} from '../../cloudformation/provider';
import { tagList, tagRecord } from '../../tags';
import { eventBusPolicy } from './bus-policy-resource';

const eventsOf = (context: ProviderContext): EventBridge =>
  context.client<EventBridge>('eventbridge');

const text = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

const targetsOf = (properties: Properties): Target[] =>
  (properties['Targets'] as Target[] | undefined) ?? [];

const tagsOf = (properties: Properties, context: ProviderContext): Record<string, string> => ({
  ...context.tags,
  ...tagRecord((properties['Tags'] as { Key: string; Value: string }[] | undefined) ?? []),
});

/** The optional members that a rule's template and PutRule both have. */
const optional = ['ScheduleExpression', 'Description', 'RoleArn', 'State'];

interface RuleName {
  Name: string;
  EventBusName: string;
}

/** Ref of a rule is its name, behind the bus's unless that is the default one. */
const refOf = ({ Name, EventBusName }: RuleName): string =>
  EventBusName === 'default' ? Name : `${EventBusName}|${Name}`;

function nameIn(ref: string): RuleName {
  const [first = '', second] = ref.split('|');
  return second === undefined
    ? { Name: first, EventBusName: 'default' }
    : { Name: second, EventBusName: first };
}

async function putRule(rule: RuleName, properties: Properties, context: ProviderContext) {
  const { EventPattern } = properties;
  const { RuleArn } = await eventsOf(context).putRule({
    ...rule,
    ...(EventPattern === undefined ? {} : { EventPattern: text(EventPattern) }),
    ...Object.fromEntries(
      optional.flatMap((name) =>
        properties[name] === undefined ? [] : [[name, text(properties[name])]],
      ),
    ),
    Tags: tagList(tagsOf(properties, context)),
  });
  const Targets = targetsOf(properties);
  if (Targets.length > 0)
    await eventsOf(context).putTargets({
      Rule: rule.Name,
      EventBusName: rule.EventBusName,
      Targets,
    });
  return { physicalId: refOf(rule), attributes: { Arn: RuleArn } };
}

const busNameIn = (properties: Properties): string =>
  text(properties['EventBusName'] ?? 'default').replace(/^arn:[^/]*\//, '');

const rule: ResourceProvider = {
  async create(properties, context) {
    const Name = text(properties['Name'] ?? context.physicalName(64));
    return putRule({ Name, EventBusName: busNameIn(properties) }, properties, context);
  },

  async update(ref, { properties, previous }, context) {
    const named = nameIn(ref);
    const kept = new Set(targetsOf(properties).map(({ Id }) => Id));
    const Ids = targetsOf(previous).flatMap(({ Id = '' }) => (kept.has(Id) ? [] : [Id]));
    const answer = await putRule(named, properties, context);
    const { Name: Rule, EventBusName } = named;
    if (Ids.length > 0) await eventsOf(context).removeTargets({ Rule, EventBusName, Ids });
    return answer;
  },

  async delete(ref, _properties, context) {
    const { Name, EventBusName } = nameIn(ref);
    const events = eventsOf(context);
    await ignoringGone(async () => {
      const { Targets = [] } = await events.listTargetsByRule({ Rule: Name, EventBusName });
      const Ids = Targets.flatMap(({ Id }) => (Id === undefined ? [] : [Id]));
      if (Ids.length > 0) await events.removeTargets({ Rule: Name, EventBusName, Ids });
      await events.deleteRule({ Name, EventBusName });
    });
  },
};

async function ignoringGone(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
  }
}

async function shownBus(Name: string, context: ProviderContext) {
  const { Arn, Policy } = await eventsOf(context).describeEventBus({ Name });
  return { physicalId: Name, attributes: { Arn, Name, Policy } };
}

const eventBus: ResourceProvider = {
  async create(properties, context) {
    const Name = text(properties['Name']);
    const { Description, Policy } = properties;
    const events = eventsOf(context);
    await events.createEventBus({
      Name,
      ...(Description === undefined ? {} : { Description: text(Description) }),
      Tags: tagList(tagsOf(properties, context)),
    });
    if (Policy !== undefined)
      await events.putPermission({ EventBusName: Name, Policy: text(Policy) });
    return shownBus(Name, context);
  },

  async update(Name, { properties }, context) {
    const events = eventsOf(context);
    const { Description = '', Policy } = properties;
    await events.updateEventBus({ Name, Description: text(Description) });
    if (Policy === undefined)
      await events.removePermission({ EventBusName: Name, RemoveAllPermissions: true });
    else await events.putPermission({ EventBusName: Name, Policy: text(Policy) });
    return shownBus(Name, context);
  },

  async delete(Name, _properties, context) {
    await eventsOf(context).deleteEventBus({ Name });
  },
};

export default {
  'AWS::Events::Rule': rule,
  'AWS::Events::EventBus': eventBus,
  'AWS::Events::EventBusPolicy': eventBusPolicy,
} satisfies ResourceProviders;
