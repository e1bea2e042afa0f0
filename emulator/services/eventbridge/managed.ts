import { ManagedRuleException } from '@aws-sdk/client-eventbridge';
import { refuse } from '../../refuse';
import type { EventBridgeCall, Rule } from './state';

/** The rule of an AWS service is that service's to change, unless the caller forces it. */
export function checkManager({ name, managedBy }: Rule, { principal }: EventBridgeCall): void {
  if (managedBy === undefined) return;
  if (principal.type === 'service' && principal.service === managedBy) return;
  // The text was not verified.
  throw refuse(ManagedRuleException, `Rule ${name} is managed by ${managedBy}.`);
}
