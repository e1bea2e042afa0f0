import {
  InvalidEventPatternException,
  LimitExceededException,
  type PutRuleRequest,
} from '@aws-sdk/client-eventbridge';
import { compilePattern, PatternError } from '../../event-pattern';
import { parseObject } from '../../json';
import { refuse } from '../../refuse';
import { tagRecord } from '../../tags';
import { checkName, constraint, invalid } from './errors';
import { findBus, findRule, ruleArn } from './find';
import { checkManager } from './managed';
import { pageOf } from './pages';
import { checkSchedule, reschedule } from './schedule';
import type { Bus, EventBridgeCall, EventBridgeHandlers, Rule } from './state';

export const rules = {
  PutRule(input, call) {
    const { Name: name = '' } = input;
    checkName(name, 'name');
    checkMembers(input);
    const bus = findBus(input.EventBusName, call);
    checkTriggers(input, bus);
    const known = bus.rules.get(name);
    if (known) checkManager(known, call);
    else checkCount(bus);
    const rule = newRule(input, { bus, known }, call);
    bus.rules.set(name, rule);
    reschedule(rule, call, known);
    announceRule(known ? 'UPDATE' : 'CREATE', rule, call);
    return { RuleArn: rule.arn };
  },

  DeleteRule({ Name: name = '', EventBusName, Force = false }, call) {
    const bus = findBus(EventBusName, call);
    const rule = bus.rules.get(name);
    if (!rule) return;
    if (!Force) checkManager(rule, call);
    if (rule.targets.size > 0) throw invalid("Rule can't be deleted since it has targets.");
    bus.rules.delete(name);
    reschedule({ ...rule, state: 'DISABLED' }, call);
    announceRule('DELETE', rule, call);
  },

  EnableRule({ Name, EventBusName }, call) {
    setState(findRule({ name: Name, bus: EventBusName }, call), 'ENABLED', call);
  },

  DisableRule({ Name, EventBusName }, call) {
    setState(findRule({ name: Name, bus: EventBusName }, call), 'DISABLED', call);
  },

  DescribeRule({ Name, EventBusName }, call) {
    const rule = findRule({ name: Name, bus: EventBusName }, call);
    return { ...show(rule), CreatedBy: rule.createdBy };
  },

  ListRules({ NamePrefix: prefix = '', EventBusName, ...paging }, call) {
    const found = [...findBus(EventBusName, call).rules.values()].filter(({ name }) =>
      name.startsWith(prefix),
    );
    const { page, ...more } = pageOf(found, paging);
    return { Rules: page.map(show), ...more };
  },

  ListRuleNamesByTarget({ TargetArn, EventBusName, ...paging }, call) {
    const found = [...findBus(EventBusName, call).rules.values()].filter(({ targets }) =>
      [...targets.values()].some(({ Arn }) => Arn === TargetArn),
    );
    const { page, ...more } = pageOf(found, paging);
    return { RuleNames: page.map(({ name }) => name), ...more };
  },
} satisfies EventBridgeHandlers;

const mostRules = 300;

function checkCount({ rules: { size } }: Bus): void {
  if (size >= mostRules)
    throw refuse(
      LimitExceededException,
      'The requested resource exceeds the maximum number allowed.',
    );
}

function checkTriggers({ EventPattern, ScheduleExpression }: PutRuleRequest, bus: Bus): void {
  if (!EventPattern && !ScheduleExpression)
    throw invalid('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  if (EventPattern) checkPattern(EventPattern);
  if (ScheduleExpression) checkSchedule(ScheduleExpression, bus);
}

/** Constraints of the model that AWS checks before it looks for the bus. */
function checkMembers({ EventPattern = '', Description = '', State }: PutRuleRequest): void {
  if (EventPattern.length > 4096)
    throw constraint(EventPattern, 'eventPattern', 'have length less than or equal to 4096');
  if (Description.length > 512)
    throw constraint(Description, 'description', 'have length less than or equal to 512');
  if (State !== undefined && !states.includes(State))
    throw constraint(State, 'state', `satisfy enum value set: [${states.join(', ')}]`);
}

const states: string[] = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'];

/** A pattern as an object; that of no pattern is empty. */
export const rulePattern = (pattern: string | undefined): Record<string, unknown> =>
  parseObject(pattern ?? '') ?? {};

/** Throws AWS's InvalidEventPatternException for a text that is no pattern. */
export function checkPattern(pattern: string): void {
  try {
    compilePattern(pattern);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw refuse(
      InvalidEventPatternException,
      `Event pattern is not valid. Reason: ${error.message}`,
    );
  }
}

export const announceRule = (
  kind: 'CREATE' | 'UPDATE' | 'DELETE',
  rule: Rule,
  call: EventBridgeCall,
): void => call.announce({ kind, type: 'AWS::Events::Rule', id: rule.name });

/** PutRule replaces a rule but for its targets and tags. */
function newRule(
  input: PutRuleRequest,
  { bus, known }: { bus: Bus; known: Rule | undefined },
  call: EventBridgeCall,
): Rule {
  const name = input.Name ?? '';
  const kept: Pick<Rule, 'createdBy' | 'managedBy' | 'tags' | 'targets'> = known ?? {
    ...(call.principal.type === 'service' ? { managedBy: call.principal.service } : {}),
    createdBy: call.principal.accountId,
    tags: tagRecord(input.Tags),
    targets: new Map(),
  };
  return {
    name,
    arn: ruleArn(bus.name, name, call),
    busName: bus.name,
    state: input.State ?? 'ENABLED',
    createdBy: kept.createdBy,
    ...(kept.managedBy === undefined ? {} : { managedBy: kept.managedBy }),
    tags: kept.tags,
    targets: kept.targets,
    ...whatIsSet({
      pattern: input.EventPattern,
      schedule: input.ScheduleExpression,
      description: input.Description,
      roleArn: input.RoleArn,
    }),
  };
}

/** Without the members that are absent or empty. */
const whatIsSet = (members: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );

function setState(rule: Rule, state: Rule['state'], call: EventBridgeCall): void {
  checkManager(rule, call);
  const before = { ...rule };
  rule.state = state;
  reschedule(rule, call, before);
  announceRule('UPDATE', rule, call);
}

const show = (rule: Rule) => ({
  Name: rule.name,
  Arn: rule.arn,
  State: rule.state,
  EventBusName: rule.busName,
  ...whatIsSet({
    EventPattern: rule.pattern,
    ScheduleExpression: rule.schedule,
    Description: rule.description,
    RoleArn: rule.roleArn,
    ManagedBy: rule.managedBy,
  }),
});
