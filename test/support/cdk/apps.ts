import {
  App,
  CfnOutput,
  CustomResource,
  Duration,
  NestedStack,
  Stack,
  type StackProps,
} from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { join } from 'node:path';
import type * as everyServiceModule from './every-service';

// A program of its own: writes the named assemblies into a folder, all at once, because loading the
// CDK is what takes time.
const [folder = '', ...names] = process.argv.slice(2);

interface ShopProps extends StackProps {
  visibility?: number;
  limit?: string;
  /** A parameter of a name that the journey has taken before. */
  taken?: boolean;
}

/** A queue that can change in place, and a parameter whose name cannot. */
class Shop extends Stack {
  constructor(scope: Construct, id: string, props: ShopProps = {}) {
    super(scope, id, props);
    const { visibility = 30, limit = '/shop/limit', taken = false } = props;
    const orders = new Queue(this, 'Orders', { visibilityTimeout: Duration.seconds(visibility) });
    new StringParameter(this, 'Limit', { parameterName: limit, stringValue: '5' });
    if (taken) new StringParameter(this, 'Taken', { parameterName: '/taken', stringValue: 'ours' });
    new CfnOutput(this, 'OrdersUrl', { value: orders.queueUrl });
  }
}

/** Two stacks, the second of which imports what the first exports. */
function linked(app: App): void {
  const producer = new Stack(app, 'Producer');
  const topic = new Topic(producer, 'News');
  const consumer = new Stack(app, 'Consumer');
  new StringParameter(consumer, 'NewsArn', {
    parameterName: '/news/arn',
    stringValue: topic.topicArn,
  });
}

/** A resource that whoever listens to the topic makes. */
function custom(app: App): void {
  const stack = new Stack(app, 'Custom');
  const serviceToken = `arn:aws:sns:${stack.region}:${stack.account}:makers`;
  const made = new CustomResource(stack, 'Made', { serviceToken, properties: { Colour: 'red' } });
  new CfnOutput(stack, 'Answer', { value: made.getAttString('Answer') });
}

/** A stack within a stack, whose queue the outer one refers to. */
function nested(app: App): void {
  const outer = new Stack(app, 'Outer');
  const inner = new NestedStack(outer, 'Inner');
  const queue = new Queue(inner, 'Deep');
  new StringParameter(outer, 'QueueName', {
    parameterName: '/outer/queue',
    stringValue: queue.queueName,
  });
}

/** Loads what no other app needs, and so not for the others. */
function everyService(app: App, stage: string): void {
  const { EveryService } = require('./every-service') as typeof everyServiceModule;
  new EveryService(app, 'EveryService', { stage });
}

const at = (region: string): StackProps => ({ env: { account: '000000000000', region } });

const apps: Record<string, (app: App) => void> = {
  first: (app) => new Shop(app, 'Shop'),
  changed: (app) => new Shop(app, 'Shop', { visibility: 60, limit: '/shop/maximum' }),
  broken: (app) => new Shop(app, 'Shop', { visibility: 45, taken: true }),
  unprotected: (app) => new Shop(app, 'Vault', { limit: '/vault', terminationProtection: false }),
  protected: (app) => new Shop(app, 'Vault', { limit: '/vault', terminationProtection: true }),
  'every-service': (app) => everyService(app, 'test'),
  'every-service-changed': (app) => everyService(app, 'production'),
  linked,
  custom,
  nested,
  regions(app) {
    new Shop(app, 'ShopWest', at('us-east-1'));
    new Shop(app, 'ShopEast', at('eu-west-1'));
  },
};

for (const name of names) {
  const app = new App({ outdir: join(folder, name) });
  apps[name]!(app);
  app.synth();
}
