import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { latencies, latency, repeat, throughput, throughputs } from './measure';
import { beside, type Endpoint, type Figure, milliseconds, perSecond, type Row } from './row';
import { configuration, startEmulator, startFloor } from './servers';

type Call = () => Promise<unknown>;

/** An operation, what it needs, and how it gets company: so many things of its kind. */
interface Measured {
  prepare: () => Promise<unknown>;
  call: Call;
  fill: Call;
  /** How many a fill makes. */
  crowd: number;
}

const clientsOf = (server: Endpoint) => ({
  sqs: new SQS({ ...configuration(server), useQueueUrlAsEndpoint: false }),
  ssm: new SSM(configuration(server)),
  s3: new S3(configuration(server)),
  cloudformation: new CloudFormation(configuration(server)),
});

/** The same on every server; the floor repeats what the emulator has answered, so it is filled by it. */
function measuredOf(server: Endpoint): Record<string, Measured> {
  const { sqs, ssm, s3, cloudformation } = clientsOf(server);
  let QueueUrl = '';
  let count = 0;
  const stack = (StackName: string) => cloudformation.createStack({ StackName, TemplateBody });
  const parameter = (Name: string) =>
    ssm.putParameter({ Name, Value: 'v', Type: 'String', Overwrite: true });
  const object = (Key: string) => s3.putObject({ Bucket: 'bench', Key, Body: 'hello' });
  const message = () => sqs.sendMessage({ QueueUrl, MessageBody: 'hello' });
  return {
    'sqs SendMessage': {
      prepare: async () =>
        ({ QueueUrl = '' } = await sqs.createQueue({ QueueName: `bench${Date.now()}` })),
      call: message,
      fill: message,
      crowd: 10_000,
    },
    'ssm GetParameter': {
      prepare: () => parameter('/bench'),
      call: () => ssm.getParameter({ Name: '/bench' }),
      fill: () => parameter(`/bench/${count++}`),
      crowd: 10_000,
    },
    's3 PutObject': {
      prepare: () => s3.createBucket({ Bucket: 'bench' }),
      call: () => object('key'),
      fill: () => object(`${count++}`),
      crowd: 10_000,
    },
    'cloudformation DescribeStacks': {
      prepare: () => stack('bench'),
      call: () => cloudformation.describeStacks({ StackName: 'bench' }),
      fill: () => stack(`bench${count++}`),
      // An account may have 2,000.
      crowd: 1000,
    },
  };
}

const TemplateBody = JSON.stringify({
  Resources: { W: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
});

interface Calls {
  ours: Call;
  floor: Call;
  other: Call | undefined;
}

/** The other endpoint gets few calls, after ours: some take a hundred times as long. */
async function* compared(what: string, { ours, floor, other }: Calls): AsyncGenerator<Figure> {
  await latencies(200, [ours, floor]);
  const [p50, floorP50] = await latencies(1000, [ours, floor]);
  yield {
    what: `${what}, one at a time (p50)`,
    figure: milliseconds(p50),
    floor: milliseconds(floorP50),
    other: beside(other && (await latency(100, other)), p50, milliseconds),
    budget: 'floor + 0.2 ms',
  };
  const [rate, floorRate] = await throughputs(4500, [ours, floor]);
  yield {
    what: `${what}, 16 in flight`,
    figure: perSecond(rate),
    floor: perSecond(floorRate),
    other: beside(other && (await throughput(160, other)), rate, perSecond),
    budget: '80 % of the floor',
  };
}

const operations: Row = async function* ({ other }) {
  const emulator = await startEmulator();
  const floor = await startFloor(emulator);
  const floored = measuredOf(floor);
  const others = other && measuredOf(other);
  for (const [what, ours] of Object.entries(measuredOf(emulator))) {
    const all = [ours, floored[what]!, ...(others ? [others[what]!] : [])];
    // It may be there from an earlier run against the same server.
    for (const { prepare } of all) await prepare().catch(() => undefined);
    const calls = { ours: ours.call, floor: floored[what]!.call, other: others?.[what]?.call };
    yield* compared(what, calls);
    await repeat(ours.fill, { times: ours.crowd, seconds: Infinity });
    // As many as half a minute allows.
    if (others) await repeat(others[what]!.fill, { times: ours.crowd, seconds: 30 });
    yield* compared(`${what} among ${ours.crowd.toLocaleString('en')}`, calls);
  }
  await Promise.all([floor.stop(), emulator.stop()]);
};
export default operations;
