import type { EventBridge, Target } from '@aws-sdk/client-eventbridge';
import { asText } from '../../cloudformation/as-text';
import { ignoring, tagsFor } from '../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
  ResourceProviders,
} from '../../cloudformation/provider';
import { replaceTags } from '../../cloudformation/replace-tags';
import { archive } from './archive-resource';
import { eventBusPolicy } from './bus-policy-resource';

const eventsOf = (context: ProviderContext): EventBridge =>
  context.client<EventBridge>('eventbridge');

const targetsOf = (properties: Properties): Target[] =>
  (properties['Targets'] as Target[] | undefined) ?? [];

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
    ...(EventPattern === undefined ? {} : { EventPattern: asText(EventPattern) }),
    ...Object.fromEntries(
      optional.flatMap((name) =>
        properties[name] === undefined ? [] : [[name, asText(properties[name])]],
      ),
    ),
    Tags: tagsFor(properties, context),
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
  asText(properties['EventBusName'] ?? 'default').replace(/^arn:[^/]*\//, '');

const rule: ResourceProvider = {
  properties: [
    'Description',
    'EventBusName',
    'EventPattern',
    'Name',
    'RoleArn',
    'ScheduleExpression',
    'State',
    'Tags',
    'Targets.Arn',
    'Targets.DeadLetterConfig.Arn',
    'Targets.Id',
    'Targets.Input',
    'Targets.InputPath',
    'Targets.InputTransformer.InputPathsMap',
    'Targets.InputTransformer.InputTemplate',
    'Targets.RetryPolicy.MaximumEventAgeInSeconds',
    'Targets.RetryPolicy.MaximumRetryAttempts',
    'Targets.RoleArn',
    'Targets.SqsParameters.MessageGroupId',
  ],

  async create(properties, context) {
    const Name = asText(properties['Name'] ?? context.physicalName(64));
    return putRule({ Name, EventBusName: busNameIn(properties) }, properties, context);
  },

  async update(ref, { properties, previous }, context) {
    const named = nameIn(ref);
    const kept = new Set(targetsOf(properties).map(({ Id }) => Id));
    const Ids = targetsOf(previous).flatMap(({ Id = '' }) => (kept.has(Id) ? [] : [Id]));
    const { Name: Rule, EventBusName } = named;
    if (Ids.length > 0) await eventsOf(context).removeTargets({ Rule, EventBusName, Ids });
    const answer = await putRule(named, properties, context);
    await updateTags(answer.attributes.Arn, properties, context);
    return answer;
  },

  async delete(ref, _properties, context) {
    await ignoring(['ResourceNotFoundException'], deleteRule(nameIn(ref), eventsOf(context)));
  },
};

/** PutRule and UpdateEventBus leave the tags of what is there alone. */
async function updateTags(
  ResourceARN: string | undefined,
  properties: Properties,
  context: ProviderContext,
): Promise<void> {
  const events = eventsOf(context);
  await replaceTags(tagsFor(properties, context), {
    keys: async () =>
      ((await events.listTagsForResource({ ResourceARN })).Tags ?? []).map(({ Key }) => Key),
    remove: (TagKeys) => events.untagResource({ ResourceARN, TagKeys }),
    set: (Tags) => events.tagResource({ ResourceARN, Tags }),
  });
}

async function deleteRule({ Name, EventBusName }: RuleName, events: EventBridge): Promise<void> {
  const { Targets = [] } = await events.listTargetsByRule({ Rule: Name, EventBusName });
  const Ids = Targets.flatMap(({ Id }) => (Id === undefined ? [] : [Id]));
  if (Ids.length > 0) await events.removeTargets({ Rule: Name, EventBusName, Ids });
  await events.deleteRule({ Name, EventBusName });
}

async function shownBus(Name: string, context: ProviderContext) {
  const { Arn, Policy } = await eventsOf(context).describeEventBus({ Name });
  return { physicalId: Name, attributes: { Arn, Name, Policy } };
}

const eventBus: ResourceProvider = {
  properties: ['Description', 'Name', 'Policy', 'Tags'],

  async create(properties, context) {
    const Name = asText(properties['Name']);
    const { Description, Policy } = properties;
    const events = eventsOf(context);
    await events.createEventBus({
      Name,
      ...(Description === undefined ? {} : { Description: asText(Description) }),
      Tags: tagsFor(properties, context),
    });
    if (Policy !== undefined)
      await events.putPermission({ EventBusName: Name, Policy: asText(Policy) });
    return shownBus(Name, context);
  },

  async update(Name, { properties }, context) {
    const events = eventsOf(context);
    const { Description = '', Policy } = properties;
    await events.updateEventBus({ Name, Description: asText(Description) });
    if (Policy === undefined)
      await events.removePermission({ EventBusName: Name, RemoveAllPermissions: true });
    else await events.putPermission({ EventBusName: Name, Policy: asText(Policy) });
    const shown = await shownBus(Name, context);
    await updateTags(shown.attributes.Arn, properties, context);
    return shown;
  },

  async delete(Name, _properties, context) {
    await eventsOf(context).deleteEventBus({ Name });
  },
};

export default {
  'AWS::Events::Rule': rule,
  'AWS::Events::EventBus': eventBus,
  'AWS::Events::EventBusPolicy': eventBusPolicy,
  'AWS::Events::Archive': archive,
} satisfies ResourceProviders;
