import { join } from 'node:path';
import type { EC2ClientConfig } from '@aws-sdk/client-ec2';
import type { Connection as TargetConnection } from '../lib/targets/target';
import type { Clients } from './account';
import { watch } from './look';

export interface Connection extends TargetConnection {
  /** For tests: an emulator in the same process instead of a port. */
  requestHandler?: NonNullable<EC2ClientConfig['requestHandler']>;
  /** How often a call is tried, four times unless told, and whether the client slows down when it is throttled. */
  maxAttempts?: number;
  retryMode?: 'adaptive' | 'standard';
}

// Package and class of each client, and the prefix of its IAM actions where it is not the client's
// name. What lies in `sdk/` is no `client-…`.
const packages = {
  cloudformation: ['client-cloudformation', 'CloudFormation'],
  cloudtrail: ['client-cloudtrail', 'CloudTrail'],
  cloudwatch: ['client-cloudwatch', 'CloudWatch'],
  codebuild: ['client-codebuild', 'CodeBuild'],
  codedeploy: ['client-codedeploy', 'CodeDeploy'],
  codepipeline: ['client-codepipeline', 'CodePipeline'],
  codestarNotifications: [
    'codestar-notifications',
    'CodeStarNotifications',
    'codestar-notifications',
  ],
  config: ['client-config-service', 'ConfigService'],
  ec2: ['client-ec2', 'EC2'],
  events: ['client-eventbridge', 'EventBridge'],
  iam: ['client-iam', 'IAM'],
  kms: ['client-kms', 'KMS'],
  lambda: ['client-lambda', 'Lambda'],
  logs: ['client-cloudwatch-logs', 'CloudWatchLogs'],
  organizations: ['client-organizations', 'Organizations'],
  s3: ['client-s3', 'S3'],
  scheduler: ['client-scheduler', 'Scheduler'],
  secretsManager: ['client-secrets-manager', 'SecretsManager', 'secretsmanager'],
  sns: ['client-sns', 'SNS'],
  sqs: ['client-sqs', 'SQS'],
  ssm: ['client-ssm', 'SSM'],
  sts: ['client-sts', 'STS'],
  tagging: ['client-resource-groups-tagging-api', 'ResourceGroupsTaggingAPI', 'tag'],
} satisfies Record<keyof Clients, [folder: string, className: string, prefix?: string]>;

/** Clients whose every call is recorded, answered once a look, and refused when a look may not make it. */
export function lazyClients(connection: Connection): Clients {
  const clients = {};
  const opened = new Map<keyof Clients, Watched>();
  for (const name of Object.keys(packages) as (keyof Clients)[]) {
    const get = () => {
      const client = opened.get(name) ?? open(name, connection);
      opened.set(name, client);
      return client;
    };
    Object.defineProperty(clients, name, { enumerable: true, get });
  }
  openedOf.set(clients, opened);
  return clients as Clients;
}

/** Ends the connections of clients that were opened: a call that is never answered keeps no process alive. */
export function closeClients(clients: Clients): void {
  for (const client of openedOf.get(clients)?.values() ?? []) client.destroy();
}

const openedOf = new WeakMap<object, Map<keyof Clients, Watched>>();

/** What to require for the SDK behind a call's prefix, `sqs`; nothing for a service that no check reads. */
export function packageOf(prefix: string): string | undefined {
  const found = Object.entries(packages).find(
    ([name, [, , other = name]]: [string, [string, string, string?]]) => other === prefix,
  );
  return found && moduleOf(found[1][0]);
}

// --- internal ---

const moduleOf = (folder: string): string =>
  folder.startsWith('client-') ? `@aws-sdk/${folder}` : join(__dirname, '..', 'sdk', folder);

interface Watched {
  middlewareStack: Parameters<typeof watch>[0];
  destroy: () => void;
}

type ClientClass = new (configuration: object) => Watched;

function open(name: keyof Clients, connection: Connection): Watched {
  const [folder, className, prefix = name]: [string, string, string?] = packages[name];
  // On first use: eleven clients cost a third of a second, a check needs two or three.
  const sdk = require(moduleOf(folder)) as Record<string, ClientClass>;
  const Client = sdk[className] as ClientClass;
  const client = new Client({ retryMode: 'adaptive', maxAttempts: 4, ...connection });
  watch(client.middlewareStack, prefix);
  return client;
}
