import { CloudFormation, type Stack } from '@aws-sdk/client-cloudformation';
import { EC2 } from '@aws-sdk/client-ec2';
import { ResourceGroupsTaggingAPI } from '@aws-sdk/client-resource-groups-tagging-api';
import { Services } from '../../emulator/services';
import {
  type Driver,
  driverOf,
  type FrontEndName,
  frontEndNames,
  isInstalled,
} from '../support/cdk/driver';
import type { FrontEnd } from '../support/cdk/front-end';

jest.setTimeout(180_000);

const present = frontEndNames.filter((name) => isInstalled(name));
const absent = frontEndNames.filter((name) => !isInstalled(name));
if (absent.length > 0)
  process.stderr.write(
    `skipped: no ${absent.join(' and ')} in node_modules; npm ci puts it there\n`,
  );

const { cards } = new Services();

/** What became of a stack that has something of every service. */
interface Life {
  /** Services that a step has left out, each with what to do about it. */
  leftOut: Record<'deploy' | 'diff' | 'change' | 'destroy', string[]>;
  /** ARN of the queue, which a function of the stack has looked up with the tagging API. */
  queue: string | undefined;
  taggedLeft: (string | undefined)[];
  stacksLeft: (string | undefined)[];
  resourcesLeft: string[];
}

const drivers: Driver[] = [];
const lives = new Map<FrontEndName, Promise<Life>>();

// Each waits for its stack most of the time, so the three live side by side.
beforeAll(async () => {
  let apps: string[] | FrontEnd = ['every-service', 'every-service-changed'];
  for (const name of present) {
    const driver = await driverOf(name, apps);
    drivers.push(driver);
    lives.set(name, live(driver));
    apps = driver.end;
  }
  await Promise.allSettled(lives.values());
});

afterAll(() => Promise.all(drivers.map((driver) => driver.close())));

for (const name of frontEndNames) {
  const testOf = isInstalled(name) ? test : test.skip;

  testOf(`${name} drives every service`, async () => {
    const { leftOut } = await lives.get(name)!;

    expect(leftOut).toEqual({ deploy: [], diff: [], change: [], destroy: [] });
  });

  testOf(`what ${name} has deployed is found by its tags, and destroyed to the last`, async () => {
    const { queue, taggedLeft, stacksLeft, resourcesLeft } = await lives.get(name)!;

    expect(queue).toMatch(/^arn:aws:sqs:us-east-1:000000000000:EveryService-Orders/);
    expect({ taggedLeft, stacksLeft }).toEqual({ taggedLeft: [], stacksLeft: ['CDKToolkit'] });
    // Lambda makes them by itself, on AWS too.
    expect(resourcesLeft).toEqual([
      expect.stringMatching('^AWS::Logs::LogGroup /aws/lambda/EveryService-AWS'),
      expect.stringMatching('^AWS::Logs::LogGroup /aws/lambda/EveryService-CustomS3AutoDelete'),
    ]);
  });
}

// cdklocal drops every AWS_* variable but the endpoints, and comes with the key `test`.
(isInstalled('cdklocal') ? test : test.skip)('cdklocal finds its environment', async () => {
  const { end } = drivers[present.indexOf('cdklocal')]!;
  const { code, stdout } = await end.cdk('bootstrap', 'aws://000000000000/us-east-1');

  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringContaining('bootstrapped (no changes)'),
  });
});

async function live({ end, deploy, diff, destroy }: Driver): Promise<Life> {
  await openAccount(end);
  const before = end.resources();
  end.reached();

  await deploy('every-service');
  const deployed = unreached(end);
  const [stack] = await stacksOf(end, 'EveryService');

  const differing = unchanged(await diff('every-service-changed'));
  end.reached();
  await deploy('every-service-changed');
  const changed = unreached(end);
  await destroy('every-service-changed');
  const destroyed = unreached(end);

  return {
    leftOut: { deploy: deployed, diff: differing, change: changed, destroy: destroyed },
    queue: stack?.Outputs?.find(({ OutputKey }) => OutputKey === 'Queue')?.OutputValue,
    taggedLeft: await tagged(end),
    stacksLeft: (await stacksOf(end)).map(({ StackName }) => StackName),
    resourcesLeft: end
      .resources()
      .filter((each) => !before.includes(each) && !ofBootstrap.test(each)),
  };
}

const ofBootstrap = /[ /]cdk-(hnb659fds|bootstrap)\b/;

/** What an account has from the start is made when it is first asked for. */
async function openAccount(end: FrontEnd): Promise<void> {
  await end.client(CloudFormation).describeStacks({});
  await end.client(EC2).describeVpcs({});
}

const advice = ({ name }: { name: string }) =>
  `${name}: test/support/cdk/every-service.ts needs something of it`;

/** Services that the front end has not driven since the last step. */
function unreached(end: FrontEnd): string[] {
  const reached = end.reached();
  return cards.filter(({ name }) => !reached.includes(name)).map(advice);
}

/** Services with resource types, none of which is in a difference. */
const unchanged = (difference: string): string[] =>
  cards
    .filter(({ cloudformation: prefixes }) => prefixes.length > 0)
    .filter(({ cloudformation: prefixes }) =>
      prefixes.every((prefix) => !difference.includes(`${prefix}::`)),
    )
    .map(advice);

async function stacksOf(end: FrontEnd, StackName?: string): Promise<Stack[]> {
  const { Stacks = [] } = await end.client(CloudFormation).describeStacks({ StackName });
  return Stacks;
}

async function tagged(end: FrontEnd): Promise<(string | undefined)[]> {
  const { ResourceTagMappingList = [] } = await end
    .client(ResourceGroupsTaggingAPI)
    .getResources({ TagFilters: [{ Key: 'stage' }] });
  return ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN);
}
