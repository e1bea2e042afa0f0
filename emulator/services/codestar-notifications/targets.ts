import { paginate } from '../../paginate';
import type { Filter, Target, TargetSummary } from '../../../sdk/codestar-notifications/api';
import { checkTarget } from './check';
import { checkedArn, checkFilters, invalid } from './errors';
import { announce, findRule, pageOf } from './find';
import type { NotificationsCall, NotificationsHandlers } from './state';
import { table } from '../../table';

export const targets = {
  Subscribe({ Arn, Target = {} }, call) {
    const rule = findRule(Arn, call);
    checkTarget(Target);
    const added = addressesOf([Target], call).filter((one) => !rule.targets.includes(one));
    if (rule.targets.length + added.length > 10)
      // text unverified
      throw invalid('A notification rule has at most 10 targets.');
    rule.targets.push(...added);
    announce('UPDATE', rule, call);
    return { Arn: rule.arn };
  },

  /** What is not subscribed, or no more, is unsubscribed as well. */
  Unsubscribe({ Arn, TargetAddress = '' }, call) {
    const wanted = checkedArn(Arn);
    unsubscribe(TargetAddress, { call, from: (arn) => arn === wanted });
    return { Arn };
  },

  ListTargets({ Filters = [], NextToken, MaxResults }, call) {
    checkFilters(Filters, Object.keys(memberOf));
    const found = [...call.state.targets.keys()]
      .map((address) => summaryOfTarget(address, call))
      .filter((target) => matches(target, Filters));
    const { page, next } = paginate(found, NextToken, pageOf(MaxResults));
    return { Targets: page, NextToken: next };
  },

  DeleteTarget({ TargetAddress = '', ForceUnsubscribeAll = false }, call) {
    const isSubscribed = [...call.state.rules.values()].some((rule) =>
      rule.targets.includes(TargetAddress),
    );
    if (isSubscribed && !ForceUnsubscribeAll)
      throw invalid(
        'The target cannot be deleted because it is subscribed to one or more notification rules.',
      );
    unsubscribe(TargetAddress, { call, from: () => true });
    call.state.targets.delete(TargetAddress);
    return {};
  },
} satisfies NotificationsHandlers;

function unsubscribe(
  address: string,
  { call, from }: { call: NotificationsCall; from: (ruleArn: string) => boolean },
): void {
  for (const rule of call.state.rules.values()) {
    if (!from(rule.arn) || !rule.targets.includes(address)) continue;
    rule.targets = rule.targets.filter((each) => each !== address);
    announce('UPDATE', rule, call);
  }
}

/** The topics of these targets, which the account knows from now on. */
export function addressesOf(wanted: readonly Target[], { state }: NotificationsCall): string[] {
  const addresses = new Set(wanted.map(({ TargetAddress = '' }) => TargetAddress));
  for (const address of addresses)
    if (!state.targets.has(address)) state.targets.set(address, 'ACTIVE');
  return [...addresses];
}

export const summaryOfTarget = (address: string, { state }: NotificationsCall): TargetSummary => ({
  TargetAddress: address,
  TargetType: 'SNS',
  TargetStatus: state.targets.get(address) ?? 'ACTIVE',
});

const memberOf: Record<string, keyof TargetSummary> = table({
  TARGET_TYPE: 'TargetType',
  TARGET_ADDRESS: 'TargetAddress',
  TARGET_STATUS: 'TargetStatus',
});

const matches = (target: TargetSummary, filters: Filter[]): boolean =>
  filters.every(({ Name = '', Value }) => {
    const member = memberOf[Name];
    return member !== undefined && target[member] === Value;
  });
