import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { latencies, throughputs } from './measure';
import { milliseconds, perSecond, type Row } from './row';
import { configuration, startEmulator, startFloor, type Server } from './servers';

const template = JSON.stringify({
  Resources: { P: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'v' } } },
});

/** What has to be there before the calls can be made. */
async function prepare(server: Server): Promise<{ QueueUrl: string }> {
  const { QueueUrl = '' } = await new SQS(configuration(server)).createQueue({
    QueueName: 'bench',
  });
  await new SSM(configuration(server)).putParameter({ Name: '/bench', Value: 'v', Type: 'String' });
  await new S3(configuration(server)).createBucket({ Bucket: 'bench' });
  await new CloudFormation(configuration(server)).createStack({
    StackName: 'bench',
    TemplateBody: template,
  });
  return { QueueUrl };
}

type Call = () => Promise<unknown>;

function callsOf(server: Server, { QueueUrl }: { QueueUrl: string }): Record<string, Call> {
  const sqs = new SQS({ ...configuration(server), useQueueUrlAsEndpoint: false });
  const ssm = new SSM(configuration(server));
  const s3 = new S3(configuration(server));
  const cloudformation = new CloudFormation(configuration(server));
  return {
    'sqs SendMessage': () => sqs.sendMessage({ QueueUrl, MessageBody: 'hello' }),
    'ssm GetParameter': () => ssm.getParameter({ Name: '/bench' }),
    's3 PutObject': () => s3.putObject({ Bucket: 'bench', Key: 'key', Body: 'hello' }),
    'cloudformation DescribeStacks': () => cloudformation.describeStacks({ StackName: 'bench' }),
  };
}

const operations: Row = async function* () {
  const emulator = await startEmulator();
  const floor = await startFloor(emulator);
  const prepared = await prepare(emulator);
  const floorCalls = callsOf(floor, prepared);
  for (const [what, call] of Object.entries(callsOf(emulator, prepared))) {
    const both: [Call, Call] = [call, floorCalls[what]!];
    await latencies(200, both);
    const [p50, floorP50] = await latencies(1000, both);
    yield {
      what: `${what}, one at a time (p50)`,
      figure: milliseconds(p50),
      floor: milliseconds(floorP50),
      budget: 'floor + 0.2 ms',
    };
    const [rate, floorRate] = await throughputs(4500, both);
    yield {
      what: `${what}, 16 in flight`,
      figure: perSecond(rate),
      floor: perSecond(floorRate),
      budget: '80 % of the floor',
    };
  }
  await Promise.all([floor.stop(), emulator.stop()]);
};
export default operations;
