import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceActions } from '../emulator/authorisation/actions';
import { Services } from '../emulator/services';
import { hasOwnPackage } from '../emulator/wire';

const root = join(__dirname, '..');
const source = join(root, 'node_modules', '@cloud-copilot', 'iam-data', 'data');

/** Prefixes of actions that are not their SDK package's name without dashes. */
const prefixes: Record<string, string> = {
  'auto-scaling': 'autoscaling',
  'cloudwatch-logs': 'logs',
  'config-service': 'config',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  eventbridge: 'events',
  'resource-groups-tagging-api': 'tag',
  'route-53': 'route53',
  sfn: 'states',
};

interface PublishedAction {
  name: string;
  resourceTypes: { name: string; required: boolean }[];
}

/** Is the data there that the table is made of? Without its development dependency it is not. */
export const hasActionData = (): boolean => existsSync(source);

/** Actions and resource types of every service with an SDK client: the project's own or AWS's. */
export function actionTable(): Record<string, ServiceActions> {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const services = Object.keys(dependencies)
    .filter((name) => name.startsWith('@aws-sdk/client-'))
    .map((name) => name.replace('@aws-sdk/client-', ''))
    .map((name) => prefixes[name] ?? name.replaceAll('-', ''));
  const own = new Services().cards.filter(({ name }) => hasOwnPackage(name)).map(({ iam }) => iam);
  return Object.fromEntries(
    [...services, ...own].toSorted().map((service) => [service, actionsOf(service)]),
  );
}

function actionsOf(service: string): ServiceActions {
  const actions = Object.values(read<Record<string, PublishedAction>>('actions', service));
  const resources = read<Record<string, { key: string; arn: string }>>('resourceTypes', service);
  return {
    actions: Object.fromEntries(
      actions
        .map(({ name, resourceTypes }): [string, string] => [name, typesOf(resourceTypes)])
        .toSorted(([left], [right]) => (left < right ? -1 : 1)),
    ),
    resources: Object.fromEntries(Object.values(resources).map(({ key, arn }) => [key, arn])),
  };
}

/** `queue*`: an asterisk stands behind what the action always needs. */
const typesOf = (types: PublishedAction['resourceTypes']): string =>
  types.map(({ name, required }) => (required ? `${name}*` : name)).join(' ');

const read = <T>(kind: string, service: string): T =>
  JSON.parse(readFileSync(join(source, kind, `${service}.json`), 'utf8')) as T;
