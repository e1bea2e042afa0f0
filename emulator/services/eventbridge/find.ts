import type { Permission } from '../../service';
import { notFound } from './errors';
import type { Bus, EventBridgeCall, Rule } from './state';

/** The name in `EventBusName`, which may be an ARN too. */
export const busNameOf = (nameOrArn: string | undefined): string =>
  (nameOrArn ?? 'default').replace(/^arn:[^/]*\//, '');

export function findBus(nameOrArn: string | undefined, call: EventBridgeCall): Bus {
  const name = busNameOf(nameOrArn);
  const bus = call.state.buses.get(name);
  if (!bus) throw notFound(`Event bus ${name} does not exist.`);
  return bus;
}

interface RuleOf {
  name: string | undefined;
  bus: string | undefined;
}

export function findRule({ name = '', bus: busName }: RuleOf, call: EventBridgeCall): Rule {
  const bus = findBus(busName, call);
  const rule = bus.rules.get(name);
  if (!rule) throw notFound(`Rule ${name} does not exist on EventBus ${bus.name}.`);
  return rule;
}

export const busArn = (name: string, call: EventBridgeCall): string =>
  call.arn(`event-bus/${name}`);

/** Rules of the default bus have ARNs without its name. */
export const ruleArn = (bus: string, name: string, call: EventBridgeCall): string =>
  call.arn(bus === 'default' ? `rule/${name}` : `rule/${bus}/${name}`);

/** What the ARN of a bus or rule names; rules of the default bus have no bus in theirs. */
export function namesIn(arn: string): { kind: string; bus: string; rule: string } {
  const [kind = '', ...names] = arn.split(':').slice(5).join(':').split('/');
  const [first = '', rule] = names;
  if (kind !== 'rule') return { kind, bus: names.join('/'), rule: '' };
  return rule === undefined ? { kind, bus: 'default', rule: first } : { kind, bus: first, rule };
}

/** The bus or rule of an ARN in this account. */
export function byArn(arn: string, { state }: EventBridgeCall): Bus | Rule | undefined {
  const { kind, bus, rule } = namesIn(arn);
  const found = state.buses.get(bus);
  return kind === 'rule' ? found?.rules.get(rule) : found;
}

interface NamesRule {
  Name?: string | undefined;
  Rule?: string | undefined;
  EventBusName?: string | undefined;
}

/** One action on the rule that the input names. */
export const onRule =
  (action: string) =>
  ({ Name, Rule = '', EventBusName }: NamesRule, call: EventBridgeCall): Permission => ({
    action: `events:${action}`,
    resources: [ruleArn(busNameOf(EventBusName), Name ?? Rule, call)],
  });

/** One action on the bus that the input names. */
export const onBus =
  (action: string) =>
  (
    { Name, EventBusName }: { Name?: string | undefined; EventBusName?: string | undefined },
    call: EventBridgeCall,
  ): Permission => ({
    action: `events:${action}`,
    resources: [busArn(busNameOf(EventBusName ?? Name), call)],
  });
