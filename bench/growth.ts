import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { latency, throughput, timed } from './measure';
import { milliseconds, type Row } from './row';
import { configuration, startEmulator, type Server } from './servers';

const template = JSON.stringify({
  Resources: { W: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
});

/** CreateStack after one and after 1,000. */
async function* stacks(server: Server) {
  const client = new CloudFormation(configuration(server));
  let created = 0;
  const create = () => client.createStack({ StackName: `s${created++}`, TemplateBody: template });
  await create();
  const first = await latency(50, create);
  await throughput(950, create);
  yield {
    what: 'cloudformation CreateStack after 1,000 (floor: after 1)',
    figure: milliseconds(await latency(50, create)),
    floor: milliseconds(first),
    budget: 'flat',
  };
}

/** One stack of 500 topics, the most that a template may hold. */
async function* largeStack(server: Server) {
  const client = new CloudFormation(configuration(server));
  const topics = (count: number, DisplayName: string) => {
    const topic = { Type: 'AWS::SNS::Topic', Properties: { DisplayName } };
    const names = Array.from({ length: count }, (_, position) => `T${position}`);
    const Resources = Object.fromEntries(names.map((name) => [name, topic]));
    return { StackName: `large${count}`, TemplateBody: JSON.stringify({ Resources }) };
  };
  const life = async (count: number) => [
    await timed(() => client.createStack(topics(count, 'one'))),
    await timed(() => client.updateStack(topics(count, 'two'))),
    await timed(() => client.deleteStack({ StackName: `large${count}` })),
  ];
  await life(50);
  await life(50);
  const [small, large] = [await life(50), await life(500)];
  for (const [step, what] of ['CreateStack', 'UpdateStack', 'DeleteStack'].entries()) {
    yield {
      what: `cloudformation ${what}, 500 resources (floor: 10 × 50)`,
      figure: milliseconds(large[step] ?? NaN),
      floor: milliseconds(10 * (small[step] ?? NaN)),
      budget: 'flat',
    };
  }
}

const growth: Row = async function* () {
  const server = await startEmulator();
  yield* largeStack(server);
  yield* stacks(server);
  await server.stop();
};
export default growth;
