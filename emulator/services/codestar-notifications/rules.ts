import { paginate } from '../../paginate';
import { refuse } from '../../refuse';
import type { DescribedRule, Filter, RuleSettings } from '../../../sdk/codestar-notifications/api';
import { checkComplete, checkRule } from './check';
import { summaryOf } from './event-types';
import { checkedArn, checkFilters } from './errors';
import { announce, findRule, pageOf } from './find';
import { ResourceAlreadyExistsException } from '../../../sdk/codestar-notifications';
import type { NotificationsCall, NotificationsHandlers, Rule } from './state';
import { addressesOf, summaryOfTarget } from './targets';
import { table } from '../../table';

export const rules = {
  CreateNotificationRule(input, call) {
    checkComplete({ ...input });
    const { Resource: resource = '', Status = 'ENABLED', Tags = {} } = input;
    checkRule(input, resource);
    checkName(input.Name, call);
    const id = call.random.hex(40);
    const rule: Rule = {
      id,
      arn: call.arn(`notificationrule/${id}`),
      name: '',
      eventTypeIds: [],
      resource,
      targets: [],
      detailType: '',
      status: Status,
      tags: { ...Tags },
      createdBy: call.principal.arn,
      createdAt: call.now(),
      modifiedAt: call.now(),
    };
    apply(rule, input, call);
    call.state.rules.set(rule.arn, rule);
    announce('CREATE', rule, call);
    return { Arn: rule.arn };
  },

  DescribeNotificationRule({ Arn }, call) {
    return show(findRule(Arn, call), call);
  },

  UpdateNotificationRule({ Arn, ...settings }, call) {
    const rule = findRule(Arn, call);
    checkRule(settings, rule.resource);
    if (settings.Name !== rule.name) checkName(settings.Name, call);
    apply(rule, settings, call);
    rule.modifiedAt = call.now();
    announce('UPDATE', rule, call);
    return {};
  },

  /** What is gone already is deleted as well. */
  DeleteNotificationRule({ Arn }, call) {
    const rule = call.state.rules.get(checkedArn(Arn));
    if (rule) {
      call.state.rules.delete(rule.arn);
      announce('DELETE', rule, call);
    }
    return { Arn };
  },

  ListNotificationRules({ Filters = [], NextToken, MaxResults }, call) {
    checkFilters(Filters, Object.keys(valuesOf));
    const found = [...call.state.rules.values()].filter((rule) => matches(rule, Filters));
    const { page, next } = paginate(found, NextToken, pageOf(MaxResults));
    return {
      NotificationRules: page.map(({ id, arn }) => ({ Id: id, Arn: arn })),
      NextToken: next,
    };
  },
} satisfies NotificationsHandlers;

function checkName(name: string | undefined, { state }: NotificationsCall): void {
  if (![...state.rules.values()].some((rule) => rule.name === name)) return;
  throw refuse(
    ResourceAlreadyExistsException,
    'The notification rule was not created because another notification rule already exists with the same name. Notification rule names must be unique within an AWS account. This helps prevent exceeding the maximum allowed number of notification rules.',
  );
}

function apply(rule: Rule, settings: RuleSettings, call: NotificationsCall): void {
  const { Name, EventTypeIds, Targets, DetailType, Status } = settings;
  rule.name = Name ?? rule.name;
  rule.eventTypeIds = [...new Set(EventTypeIds ?? rule.eventTypeIds)];
  rule.targets = Targets ? addressesOf(Targets, call) : rule.targets;
  rule.detailType = DetailType ?? rule.detailType;
  rule.status = Status ?? rule.status;
}

const valuesOf: Record<string, (rule: Rule) => string[]> = table({
  EVENT_TYPE_ID: ({ eventTypeIds }) => eventTypeIds,
  CREATED_BY: ({ createdBy }) => [createdBy],
  RESOURCE: ({ resource }) => [resource],
  TARGET_ADDRESS: ({ targets }) => targets,
});

const matches = (rule: Rule, filters: Filter[]): boolean =>
  filters.every(({ Name = '', Value = '' }) => valuesOf[Name]?.(rule).includes(Value) ?? false);

const show = (rule: Rule, call: NotificationsCall): DescribedRule => ({
  Arn: rule.arn,
  Name: rule.name,
  EventTypes: rule.eventTypeIds.flatMap(summaryOf),
  Resource: rule.resource,
  Targets: rule.targets.map((address) => summaryOfTarget(address, call)),
  DetailType: rule.detailType,
  CreatedBy: rule.createdBy,
  Status: rule.status,
  CreatedTimestamp: rule.createdAt,
  LastModifiedTimestamp: rule.modifiedAt,
  Tags: rule.tags,
});
