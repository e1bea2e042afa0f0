import { type Measurement, publishMetrics } from '../../publish-metrics';
import type { EventBridgeCall, RuleName } from './state';
import type { Delivery } from './targets/kind';

const publisher = { namespace: 'AWS/Events', service: 'events.amazonaws.com' };

/** Rules of the default bus are measured by their name alone. */
const dimensionsOf = ({ name, busName }: RuleName): Record<string, string> =>
  busName === 'default' ? { RuleName: name } : { EventBusName: busName, RuleName: name };

/** One event has met these rules. */
export function countMatches(rules: readonly RuleName[], call: EventBridgeCall): void {
  if (rules.length === 0) return;
  const byRule = rules.flatMap((rule): Measurement[] =>
    ['MatchedEvents', 'TriggeredRules'].map((name) => ({ name, dimensions: dimensionsOf(rule) })),
  );
  const overall = [{ name: 'MatchedEvents' }, { name: 'TriggeredRules', value: rules.length }];
  publishMetrics(publisher, [...byRule, ...overall], call);
}

/** An attempt was made, which also counts as `names`; what is to be retried is no invocation yet. */
export function countDelivery(
  { rule, attempts }: Delivery,
  names: readonly string[],
  call: EventBridgeCall,
): void {
  const dimensions = dimensionsOf(rule);
  const counted = [
    ...(attempts > 0 ? ['InvocationAttempts'] : []),
    ...(attempts > 1 ? ['RetryInvocationAttempts'] : []),
    ...names,
  ];
  publishMetrics(
    publisher,
    counted.map((name) => ({ name, dimensions })),
    call,
  );
}
