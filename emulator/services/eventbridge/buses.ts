import { ResourceAlreadyExistsException } from '@aws-sdk/client-eventbridge';
import { refuse } from '../../refuse';
import { tagRecord } from '../../tags';
import { policyOf } from './bus-policy';
import { checkName, invalid } from './errors';
import { busArn, busNameOf, findBus } from './find';
import { pageOf } from './pages';
import { type Bus, type EventBridgeCall, type EventBridgeHandlers, newBus } from './state';

export const buses = {
  CreateEventBus({ Name: name = '', Description: description, Tags, ...more }, call) {
    refuseMembers(more);
    checkName(name, 'name', { longest: 256, pattern: '[/\\.\\-_A-Za-z0-9]+' });
    if (name.includes('/')) throw invalid("Event bus name must not contain '/'.");
    if (call.state.buses.has(name))
      throw refuse(ResourceAlreadyExistsException, `Event bus ${name} already exists.`);
    call.state.buses.set(name, {
      ...newBus(name),
      tags: tagRecord(Tags),
      createdAt: call.now(),
      modifiedAt: call.now(),
      ...(description === undefined ? {} : { description }),
    });
    announce('CREATE', name, call);
    return {
      EventBusArn: busArn(name, call),
      ...(description === undefined ? {} : { Description: description }),
    };
  },

  UpdateEventBus({ Name: name, Description: description, ...more }, call) {
    refuseMembers(more);
    const bus = findBus(name, call);
    if (description !== undefined) bus.description = description;
    bus.modifiedAt = call.now();
    announce('UPDATE', bus.name, call);
    return { Arn: busArn(bus.name, call), Name: bus.name };
  },

  DeleteEventBus({ Name }, call) {
    const name = busNameOf(Name);
    if (name === 'default') throw invalid('Cannot delete event bus default.');
    const bus = call.state.buses.get(name);
    // The text was not verified.
    if (bus && bus.rules.size > 0)
      throw invalid(`Event bus ${name} can't be deleted since it has rules.`);
    if (call.state.buses.delete(name)) announce('DELETE', name, call);
  },

  DescribeEventBus({ Name }, call) {
    return show(findBus(Name, call), call);
  },

  ListEventBuses({ NamePrefix: prefix = '', ...paging }, call) {
    const found = [...call.state.buses.values()].filter(({ name }) => name.startsWith(prefix));
    const { page, ...more } = pageOf(found, paging);
    return { EventBuses: page.map((bus) => show(bus, call)), ...more };
  },
} satisfies EventBridgeHandlers;

const unsupported = ['EventSourceName', 'KmsKeyIdentifier', 'DeadLetterConfig', 'LogConfig'];

function refuseMembers(members: Record<string, unknown>): void {
  const name = unsupported.find((one) => members[one] !== undefined);
  if (name) throw invalid(`${name} of event buses is not emulated.`);
}

const announce = (
  kind: 'CREATE' | 'UPDATE' | 'DELETE',
  name: string,
  call: EventBridgeCall,
): void => call.announce({ kind, type: 'AWS::Events::EventBus', id: name });

function show(bus: Bus, call: EventBridgeCall) {
  const policy = policyOf(bus);
  return {
    Name: bus.name,
    Arn: busArn(bus.name, call),
    ...(bus.description === undefined ? {} : { Description: bus.description }),
    ...(policy === undefined ? {} : { Policy: policy }),
    ...(bus.createdAt ? { CreationTime: bus.createdAt } : {}),
    ...(bus.modifiedAt ? { LastModifiedTime: bus.modifiedAt } : {}),
  };
}
