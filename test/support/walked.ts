import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { currentProperties } from '../../emulator/cloudformation/current-properties';
import type { Properties, ResourceProvider } from '../../emulator/cloudformation/provider';
import { emulated } from './emulated';
import type { Sample } from './samples';

const place = {
  region: 'us-east-1',
  caller: {
    principal: { type: 'root', accountId: '000000000000', arn: 'arn:aws:iam::000000000000:root' },
  },
} as const;

type Operation = (input: unknown) => Promise<unknown>;

/** A stack with one resource of a type, and what the emulator shows of that resource. */
export function walked(type: string, { first = [], needs = {}, behind }: Sample) {
  const { client, core, clock } = emulated();
  const cloudformation = client(CloudFormation);
  const StackName = 'walk';
  let values: Record<string, string> = {};
  const reads = new Set<string>();
  const providerOf = core.services.providerOf.bind(core.services);
  core.services.providerOf = (asked) => {
    const provider = providerOf(asked);
    return provider && asked === type ? recording(provider, reads) : provider;
  };

  async function deploy(properties: Properties, operation: 'createStack' | 'updateStack') {
    const asked = intrinsicsIn([properties, behind]);
    const TemplateBody = JSON.stringify({
      Resources: { ...needs, Subject: { Type: type, Properties: properties } },
      Outputs: Object.fromEntries(asked.map((Value, index) => [`Value${index}`, { Value }])),
    });
    if (operation === 'createStack') await callFirst();
    const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
    const input = { StackName, TemplateBody, Capabilities };
    if (operation === 'createStack') await cloudformation.createStack(input);
    else await cloudformation.updateStack(input);
    await settle();
    const { Stacks: [stack] = [] } = await cloudformation.describeStacks({ StackName });
    const { Outputs = [] } = stack ?? {};
    values = Object.fromEntries(
      Outputs.map(({ OutputKey = '', OutputValue = '' }) => [
        JSON.stringify(asked[Number(OutputKey.replace('Value', ''))]),
        OutputValue,
      ]),
    );
    return { status: stack?.StackStatus, reasons: await failures() };
  }

  async function callFirst() {
    for (const [service, operation, input] of first) {
      const api = core.clients.of(service, place) as Record<string, Operation>;
      await api[operation]?.(input);
    }
  }

  async function failures() {
    const { StackEvents = [] } = await cloudformation.describeStackEvents({ StackName });
    return StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED')).map(
      ({ LogicalResourceId, ResourceStatusReason }) =>
        `${LogicalResourceId}: ${ResourceStatusReason}`,
    );
  }

  /** Until the stack has come to rest: some resources take their time on the clock. */
  async function settle() {
    await clock.settle();
    for (let seconds = 0; seconds < 600 && (await isBusy()); seconds += 1)
      await clock.advance('1s');
  }

  async function isBusy() {
    const { StackSummaries = [] } = await cloudformation.listStacks({});
    return StackSummaries.some(({ StackStatus }) => StackStatus?.endsWith('_IN_PROGRESS'));
  }

  const resolve = <T>(value: T): T => fill(value, values) as T;

  async function physicalId(): Promise<string> {
    const { StackResources: [subject] = [] } = await cloudformation.describeStackResources({
      StackName,
      LogicalResourceId: 'Subject',
    });
    return subject?.PhysicalResourceId ?? '';
  }

  async function shown(physicalId: string, properties: Properties) {
    const { accountId } = place.caller.principal;
    const context = {
      accountId,
      region: place.region,
      client: (service: string) => core.clients.of(service, place),
      resources: core.feed.resourcesOf(accountId, place.region),
    };
    const asked = { type, physicalId, properties: resolve(properties) };
    return currentProperties(asked, core.services.providerOf(type), context as never);
  }

  return {
    deploy,
    /** What DetectStackResourceDrift says of the resource, with where it differs. */
    drift: async (): Promise<string> => {
      const { StackResourceDrift: found } = await cloudformation.detectStackResourceDrift({
        StackName,
        LogicalResourceId: 'Subject',
      });
      const paths = found?.PropertyDifferences?.map(({ PropertyPath: path }) => path) ?? [];
      return [found?.StackResourceDriftStatus, ...paths].join(' ');
    },
    /** Names of the properties that the provider has asked for one by one. */
    reads,
    shown,
    resolve,
    physicalId,
    cloudformation,
    /** Makes the sample's calls behind CloudFormation's back. */
    changeBehind: async (): Promise<void> => {
      const service = core.services.cards.find(({ cloudformation: prefixes }) =>
        prefixes.includes(type.split('::').slice(0, 2).join('::')),
      );
      const api = core.clients.of(service?.name ?? '', place) as Record<string, Operation>;
      for (const [operation, input] of Object.entries(resolve(behind)))
        await api[operation]?.(input);
      await clock.advance('5s');
    },
    remove: async (): Promise<string | undefined> => {
      const { Stacks: [stack] = [] } = await cloudformation.describeStacks({ StackName });
      await cloudformation.deleteStack({ StackName });
      await settle();
      const { StackId } = stack ?? {};
      const { Stacks: [last] = [] } = await cloudformation.describeStacks({ StackName: StackId });
      return last?.StackStatus;
    },
  };
}

function recording(provider: ResourceProvider, reads: Set<string>): ResourceProvider {
  type Update = NonNullable<ResourceProvider['update']>;
  const change = ({ properties, previous }: Parameters<Update>[1]) => ({
    properties: recorded(properties, reads),
    previous,
  });
  return {
    ...provider,
    create: (properties, context) => provider.create(recorded(properties, reads), context),
    ...(provider.replaces && { replaces: (given) => provider.replaces?.(change(given)) }),
    ...(provider.update && {
      update: async (id, given, context) =>
        (await provider.update?.(id, change(given), context)) ?? { physicalId: id },
    }),
  };
}

/** Notes what is read by name; walking over all members, as `{ ...properties }` does, is no reading. */
function recorded(properties: Properties, reads: Set<string>): Properties {
  let walkedOver: string | symbol | undefined;
  return new Proxy(properties, {
    getOwnPropertyDescriptor(target, name) {
      walkedOver = name;
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
    get(target, name) {
      if (typeof name === 'string' && walkedOver !== name) reads.add(name);
      walkedOver = undefined;
      return Reflect.get(target, name) as unknown;
    },
  });
}

const isIntrinsic = (value: object): boolean =>
  Object.keys(value).length === 1 && ('Ref' in value || 'Fn::GetAtt' in value);

function intrinsicsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return isIntrinsic(value) ? [value] : Object.values(value).flatMap(intrinsicsIn);
}

function fill(value: unknown, values: Record<string, string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => fill(each, values));
  if (isIntrinsic(value)) return values[JSON.stringify(value)] ?? value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, fill(each, values)]),
  );
}

/** Properties as drift compares them: numbers as text, documents as objects, own tags by key. */
export function comparable(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return fromJson(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (name === 'Tags') return tagsOf(value);
  if (Array.isArray(value)) return value.map((each) => comparable(each));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([key, each]) => [key, comparable(each, key)]),
  );
}

function tagsOf(value: object): Record<string, string> {
  const entries = Array.isArray(value)
    ? (value as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value] as const)
    : (Object.entries(value) as [string, string][]);
  return Object.fromEntries(entries.filter(([key]) => !key.startsWith('aws:')));
}

function fromJson(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  try {
    return comparable(JSON.parse(value));
  } catch {
    return value;
  }
}
