import { refuse } from '../../refuse';
import type { Permission } from '../../service';
import { InvalidNextTokenException } from '../../../sdk/codestar-notifications';
import { checkedArn, checkRange, notFound } from './errors';
import type { NotificationsCall, Rule } from './state';

export function findRule(arn: string | undefined, { state }: NotificationsCall): Rule {
  const wanted = checkedArn(arn);
  const rule = state.rules.get(wanted);
  if (rule) return rule;
  throw notFound(wanted);
}

/** How many a page holds, and what a token that is none answers. */
export function pageOf(max = 100) {
  checkRange(max, 'maxResults', [1, 100]);
  // text unverified
  const invalid = () => refuse(InvalidNextTokenException, 'The next token is not valid.');
  return { max, invalid };
}

interface NamesRule {
  Arn?: string | undefined;
  Resource?: string | undefined;
}

/** One action on the rule that the input names; a rule to be made has no ARN yet. */
export const onRule =
  (action: string) =>
  ({ Arn, Resource }: NamesRule, call: NotificationsCall): Permission => {
    const about = Resource ?? call.state.rules.get(Arn ?? '')?.resource;
    return {
      action: `codestar-notifications:${action}`,
      resources: [Arn ?? call.arn('notificationrule/*')],
      ...(about === undefined
        ? {}
        : { context: { 'codestar-notifications:NotificationsForResource': about } }),
    };
  };

export const announce = (
  kind: 'CREATE' | 'UPDATE' | 'DELETE',
  { arn }: Rule,
  call: NotificationsCall,
): void => call.announce({ kind, type: 'AWS::CodeStarNotifications::NotificationRule', id: arn });
