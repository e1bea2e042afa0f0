import type { Resource } from '../../changes/resource';
import { parseObject } from '../../json';
import { busArn } from './find';
import type { EventBridgeCall, Rule } from './state';

export const view = (call: EventBridgeCall): Resource[] =>
  [...call.state.buses.values()].flatMap((bus) => [
    ...(bus.name === 'default' ? [] : [busView(bus.name, bus.tags, call)]),
    ...[...bus.rules.values()].map(ruleView),
  ]);

const busView = (name: string, tags: Record<string, string>, call: EventBridgeCall): Resource => ({
  arn: busArn(name, call),
  type: 'AWS::Events::EventBus',
  id: name,
  name,
  tags,
  configuration: { Name: name },
});

/** CloudFormation's Ref of a rule names the bus too, unless it is the default one. */
const ruleView = (rule: Rule): Resource => ({
  arn: rule.arn,
  type: 'AWS::Events::Rule',
  id: rule.busName === 'default' ? rule.name : `${rule.busName}|${rule.name}`,
  name: rule.name,
  tags: rule.tags,
  configuration: {
    Name: rule.name,
    EventBusName: rule.busName,
    State: rule.state,
    ...(rule.pattern === undefined ? {} : { EventPattern: parseObject(rule.pattern) }),
    ...(rule.schedule === undefined ? {} : { ScheduleExpression: rule.schedule }),
    ...(rule.description === undefined ? {} : { Description: rule.description }),
    ...(rule.targets.size > 0 ? { Targets: [...rule.targets.values()] } : {}),
  },
});
