import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { SQS } from '@aws-sdk/client-sqs';
import { latency, throughput } from './measure';
import { milliseconds, type Row } from './row';
import { configuration, startEmulator, type Server } from './servers';

const template = JSON.stringify({
  Resources: { W: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
});

/** SendMessage to an empty queue and to one of 10,000 messages. */
async function* messages(server: Server) {
  const sqs = new SQS({ ...configuration(server), useQueueUrlAsEndpoint: false });
  const { QueueUrl } = await sqs.createQueue({ QueueName: 'growth' });
  const send = () => sqs.sendMessage({ QueueUrl, MessageBody: 'hello' });
  await latency(200, send);
  await sqs.purgeQueue({ QueueUrl });
  const empty = await latency(500, send);
  await throughput(10_000, send);
  yield {
    what: 'sqs SendMessage with 10,000 messages (floor: none)',
    figure: milliseconds(await latency(500, send)),
    floor: milliseconds(empty),
    budget: 'flat',
  };
}

/** DescribeStacks of one stack among one and among 1,000. */
async function* stacks(server: Server) {
  const client = new CloudFormation(configuration(server));
  let created = 0;
  const create = () => client.createStack({ StackName: `s${created++}`, TemplateBody: template });
  await create();
  const describe = () => client.describeStacks({ StackName: 's0' });
  await latency(200, describe);
  const alone = await latency(500, describe);
  const perStack = 1000 / (await throughput(1_000, create));
  yield {
    what: 'cloudformation DescribeStacks among 1,000 (floor: 1)',
    figure: milliseconds(await latency(500, describe)),
    floor: milliseconds(alone),
    budget: 'flat',
  };
  yield { what: 'cloudformation CreateStack, mean of 1,000', figure: milliseconds(perStack) };
}

const growth: Row = async function* () {
  const server = await startEmulator();
  yield* messages(server);
  yield* stacks(server);
  await server.stop();
};
export default growth;
