import { announceOf } from './announce';
import { checkText, invalid, notFound } from './errors';
import { pageOf } from './pages';
import { checkPolicy } from './resource-policies';
import type { Destination, LogsCall, LogsHandlers } from './state';

export const destinations = {
  PutDestination({ destinationName: name, targetArn, roleArn, tags }, call) {
    checkText(name, 'destinationName', { pattern: '[^:*]*' });
    checkText(targetArn, 'targetArn', { longest: 2048 });
    checkText(roleArn, 'roleArn', { longest: 2048 });
    if (!/^arn:aws:(?:kinesis|firehose):/.test(targetArn))
      // The text was not verified.
      throw invalid('targetArn must be a Kinesis stream or a Firehose delivery stream.');
    const known = call.state.destinations.get(name);
    const made = {
      ...known,
      name,
      targetArn,
      roleArn,
      createdAt: known?.createdAt ?? call.now().getTime(),
      tags: known?.tags ?? { ...tags },
    };
    call.state.destinations.set(name, made);
    announceOf('AWS::Logs::Destination', known ? 'UPDATE' : 'CREATE', { id: name, call });
    return { destination: show(made, call) };
  },

  PutDestinationPolicy({ destinationName, accessPolicy }, call) {
    const destination = find(destinationName, call);
    checkText(accessPolicy, 'accessPolicy', { longest: 5120 });
    checkPolicy(accessPolicy);
    destination.accessPolicy = accessPolicy;
    announceOf('AWS::Logs::Destination', 'UPDATE', { id: destination.name, call });
  },

  DeleteDestination({ destinationName }, call) {
    const { name } = find(destinationName, call);
    call.state.destinations.delete(name);
    announceOf('AWS::Logs::Destination', 'DELETE', { id: name, call });
  },

  DescribeDestinations({ DestinationNamePrefix: prefix = '', ...paging }, call) {
    const found = [...call.state.destinations.values()]
      .filter(({ name }) => name.startsWith(prefix))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1));
    const { page, more } = pageOf(found, paging);
    return { destinations: page.map((destination) => show(destination, call)), ...more };
  },
} satisfies LogsHandlers;

export const destinationArn = (name: string, call: LogsCall): string =>
  call.arn(`destination:${name}`);

function find(name: string | undefined, { state }: LogsCall): Destination {
  const destination = state.destinations.get(name ?? '');
  if (!destination) throw notFound('The specified destination does not exist.');
  return destination;
}

const show = (destination: Destination, call: LogsCall) => ({
  destinationName: destination.name,
  targetArn: destination.targetArn,
  roleArn: destination.roleArn,
  arn: destinationArn(destination.name, call),
  creationTime: destination.createdAt,
  ...(destination.accessPolicy === undefined ? {} : { accessPolicy: destination.accessPolicy }),
});
