import { refuse } from '../../refuse';
import type { Permission } from '../../service';
import {
  InvalidNextTokenException,
  ResourceNotFoundException,
} from '../../../sdk/codestar-notifications';
import type { NotificationsCall, Rule } from './state';

export function findRule(arn: string | undefined, { state }: NotificationsCall): Rule {
  const rule = state.rules.get(arn ?? '');
  if (rule) return rule;
  // text unverified
  throw refuse(ResourceNotFoundException, `The notification rule ${arn ?? ''} does not exist.`);
}

/** How many a page holds, and what a token that is none answers. */
export const pageOf = (max = 100) => ({
  max,
  // text unverified
  invalid: () => refuse(InvalidNextTokenException, 'The next token is not valid.'),
});

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
