import { compilePattern, matches } from '../../event-pattern';
import { deliverToTargets } from './deliver';
import { countMatches } from './metrics';
import type { Bus, Event, EventBridgeCall, Routed, Rule } from './state';

type Pattern = ReturnType<typeof compilePattern>;

const compiled = new Map<string, Pattern>();
const remembered = 500;

function patternOf(text: string): Pattern {
  const known = compiled.get(text);
  if (known) return known;
  const pattern = compilePattern(text);
  if (compiled.size >= remembered) compiled.clear();
  compiled.set(text, pattern);
  return pattern;
}

/** Hands an event to every rule of the bus that it fits. */
export function route(bus: Bus, routed: Routed, call: EventBridgeCall): void {
  const fitting = [...bus.rules.values()].filter((rule) => isMeant(rule, routed));
  for (const rule of fitting) deliverToTargets(rule, routed, call);
  countMatches(fitting, call);
}

function isMeant(rule: Rule, { event, only, by }: Routed): boolean {
  if (rule.state === 'DISABLED' || (only && !only.includes(rule.arn))) return false;
  if (rule.arn === by) return true;
  if (rule.pattern === undefined || !isShown(event, rule)) return false;
  return matches(patternOf(rule.pattern), event);
}

/** Management events that only read reach no rule but those that ask for all of them. */
function isShown({ 'detail-type': type, detail }: Event, { state }: Rule): boolean {
  return (
    state === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' ||
    !type.endsWith(' via CloudTrail') ||
    detail['readOnly'] !== true ||
    detail['managementEvent'] === false
  );
}
