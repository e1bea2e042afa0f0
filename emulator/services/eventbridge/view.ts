import type { Resource } from '../../changes/resource';
import { parseObject } from '../../json';
import { archivesOf } from './archive-store';
import { policyOf } from './bus-policy';
import { busArn } from './find';
import type { Archive, Bus, EventBridgeCall, Rule } from './state';

export const view = (call: EventBridgeCall): Resource[] => [
  ...[...call.state.buses.values()].flatMap((bus) => [
    ...(bus.name === 'default' ? [] : [busView(bus, call)]),
    ...[...bus.rules.values()].map(ruleView),
  ]),
  ...[...archivesOf(call.state).values()].map(archiveView),
];

const archiveView = (archive: Archive): Resource => ({
  arn: archive.arn,
  type: 'AWS::Events::Archive',
  id: archive.name,
  name: archive.name,
  tags: {},
  configuration: {
    ArchiveName: archive.name,
    SourceArn: archive.busArn,
    RetentionDays: archive.retention,
    ...(archive.description === undefined ? {} : { Description: archive.description }),
    ...(archive.pattern === undefined ? {} : { EventPattern: parseObject(archive.pattern) }),
  },
});

function busView(bus: Bus, call: EventBridgeCall): Resource {
  const { name, tags, description } = bus;
  const policy = policyOf(bus);
  return {
    arn: busArn(name, call),
    type: 'AWS::Events::EventBus',
    id: name,
    name,
    tags,
    configuration: {
      Name: name,
      ...(description === undefined ? {} : { Description: description }),
      ...(policy === undefined ? {} : { Policy: parseObject(policy) }),
    },
  };
}

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
    ...(rule.roleArn === undefined ? {} : { RoleArn: rule.roleArn }),
    ...(rule.targets.size > 0 ? { Targets: [...rule.targets.values()] } : {}),
  },
});
