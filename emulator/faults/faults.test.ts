import { EC2 } from '@aws-sdk/client-ec2';
import { S3 } from '@aws-sdk/client-s3';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';
import { emulated } from '../../test/support/emulated';

const put = (ssm: SSM, value: string) =>
  ssm.putParameter({ Name: '/p', Value: value, Type: 'String', Overwrite: true });

const valueOf = async (ssm: SSM) => (await ssm.getParameter({ Name: '/p' })).Parameter?.Value;

interface Words {
  service: string;
  send: (client: ReturnType<typeof emulated>['client']) => Promise<unknown>;
  name: string;
  message: string;
}

describe('throttle', () => {
  test.each<Words>([
    {
      service: 'ssm',
      send: (client) => client(SSM).describeParameters({}),
      name: 'ThrottlingException',
      message: 'Rate exceeded',
    },
    {
      service: 'sts',
      send: (client) => client(STS).getCallerIdentity({}),
      name: 'Throttling',
      message: 'Rate exceeded',
    },
    {
      service: 'ec2',
      send: (client) => client(EC2).describeVpcs({}),
      name: 'RequestLimitExceeded',
      message: 'Request limit exceeded.',
    },
    {
      service: 's3',
      send: (client) => client(S3).listBuckets({}),
      name: 'SlowDown',
      message: 'Please reduce your request rate.',
    },
    {
      service: 'sqs',
      send: (client) => client(SQS).listQueues({}),
      name: 'RequestThrottled',
      message: 'Rate exceeded',
    },
  ])('$service says it in its own words', async ({ service, send, name, message }) => {
    const { core, client } = emulated();
    core.faults.set({ kind: 'throttle', service });

    await expect(send(client)).rejects.toMatchObject({ name, message });
  });

  test('so many requests are hit and the next one is not', async () => {
    const { core, client } = emulated();
    const ssm = client(SSM);
    const { id } = core.faults.set({ kind: 'throttle', service: 'ssm', times: 2 });

    await expect(ssm.describeParameters({})).rejects.toThrow('Rate exceeded');
    await expect(ssm.describeParameters({})).rejects.toThrow('Rate exceeded');
    await expect(ssm.describeParameters({})).resolves.toBeDefined();

    expect(core.faults.list()).toMatchObject([{ id, hits: 2, times: 2 }]);
  });

  test('an operation’s name may leave letters open, and other operations are left alone', async () => {
    const { core, client } = emulated();
    const ssm = client(SSM);
    core.faults.set({ kind: 'throttle', service: '*', operation: 'Describe*' });

    await expect(ssm.describeParameters({})).rejects.toThrow('Rate exceeded');
    await expect(put(ssm, 'one')).resolves.toBeDefined();
  });

  test('another account is left alone', async () => {
    const { core, client } = emulated();
    core.faults.set({ kind: 'throttle', service: 'sts', account: '111111111111' });

    await expect(client(STS).getCallerIdentity({})).resolves.toBeDefined();
    await expect(
      client(STS, { accessKeyId: '111111111111' }).getCallerIdentity({}),
    ).rejects.toThrow('Rate exceeded');
  });

  test('with a chance, the same seed hits the same requests', async () => {
    const run = async () => {
      const { core, client } = emulated();
      const sts = client(STS);
      core.faults.set({ kind: 'throttle', service: 'sts', probability: 0.5 });
      const answers = [];
      for (let call = 0; call < 20; call += 1) {
        answers.push(
          await sts.getCallerIdentity({}).then(
            () => 'o',
            () => 'x',
          ),
        );
      }
      return answers.join('');
    };

    const first = await run();

    expect(first).toMatch(/o.*x|x.*o/);
    await expect(run()).resolves.toBe(first);
  });
});

describe('deny', () => {
  test.each<Words>([
    {
      service: 'ssm',
      send: (client) => valueOf(client(SSM)),
      name: 'AccessDeniedException',
      message:
        'User: arn:aws:iam::000000000000:root is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:us-east-1:000000000000:parameter/p because no identity-based policy allows the ssm:GetParameter action',
    },
    {
      service: 'ec2',
      send: (client) => client(EC2).describeVpcs({}),
      name: 'UnauthorizedOperation',
      message:
        'You are not authorized to perform this operation. User: arn:aws:iam::000000000000:root is not authorized to perform: ec2:DescribeVpcs because no identity-based policy allows the ec2:DescribeVpcs action',
    },
    {
      service: 'sns',
      send: (client) => client(SNS).createTopic({ Name: 't' }),
      name: 'AuthorizationErrorException',
      message:
        'User: arn:aws:iam::000000000000:root is not authorized to perform: SNS:CreateTopic on resource: arn:aws:sns:us-east-1:000000000000:t because no identity-based policy allows the SNS:CreateTopic action',
    },
  ])('$service says it in its own words', async ({ service, send, name, message }) => {
    const { core, client } = emulated();
    core.faults.set({ kind: 'deny', service });

    await expect(send(client)).rejects.toMatchObject({ name, message });
  });

  test('a denied write changes nothing', async () => {
    const { core, client } = emulated();
    const ssm = client(SSM);
    await put(ssm, 'one');
    core.faults.set({ kind: 'deny', service: 'ssm', operation: 'PutParameter', times: 1 });

    await expect(put(ssm, 'two')).rejects.toThrow('is not authorized to perform: ssm:PutParameter');

    await expect(valueOf(ssm)).resolves.toBe('one');
  });
});

test('error answers the code, text and status that were asked for', async () => {
  const { core, client } = emulated();
  core.faults.set({
    kind: 'error',
    service: 'ssm',
    code: 'InternalServerError',
    message: 'boom',
    status: 500,
  });

  await expect(valueOf(client(SSM))).rejects.toMatchObject({
    name: 'InternalServerError',
    message: 'boom',
    $metadata: { httpStatusCode: 500 },
  });
});

describe('delay', () => {
  test('on the simulated clock, the answer comes when the clock has moved on', async () => {
    const { core, client, clock } = emulated();
    core.faults.set({ kind: 'delay', service: 'sts', milliseconds: 5000 });
    let answered: Date | undefined;

    const answer = client(STS)
      .getCallerIdentity({})
      .then(() => (answered = clock.now()));
    await clock.advance('4s');
    expect(answered).toBeUndefined();
    await clock.advance('1s');
    await answer;

    expect(answered).toEqual(new Date('2026-01-01T00:00:05Z'));
  });

  test('on the wall’s clock, simulated time stands still meanwhile', async () => {
    const { core, client, clock } = emulated();
    core.faults.set({ kind: 'delay', service: 'sts', milliseconds: 20, clock: 'wall' });

    await client(STS).getCallerIdentity({});

    expect(clock.now()).toEqual(new Date('2026-01-01T00:00:00Z'));
  });
});

describe('drop', () => {
  test('before: the client sees a network error and nothing has happened', async () => {
    const { core, client } = emulated();
    const ssm = client(SSM);
    core.faults.set({ kind: 'drop', service: 'ssm', times: 1 });

    await expect(put(ssm, 'one')).rejects.toMatchObject({ code: 'ECONNRESET' });

    await expect(valueOf(ssm)).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });

  test('after: the client sees a network error although it was done', async () => {
    const { core, client } = emulated();
    const ssm = client(SSM);
    core.faults.set({ kind: 'drop', service: 'ssm', times: 1, when: 'after' });

    await expect(put(ssm, 'one')).rejects.toMatchObject({ code: 'ECONNRESET' });

    await expect(valueOf(ssm)).resolves.toBe('one');
  });
});

describe('stale', () => {
  test('a read answers what it would have answered so long ago', async () => {
    const { core, client, clock } = emulated();
    const ssm = client(SSM);
    await put(ssm, 'one');
    core.faults.set({ kind: 'stale', service: 'ssm', milliseconds: 5000 });
    await clock.advance('1m');
    await put(ssm, 'two');

    await expect(valueOf(ssm)).resolves.toBe('one');
    await clock.advance('4s');
    await expect(valueOf(ssm)).resolves.toBe('one');
    await clock.advance('1s');
    await expect(valueOf(ssm)).resolves.toBe('two');
  });

  test('what was just made is not found yet, also when nobody asked before', async () => {
    const { core, client, clock } = emulated();
    const sqs = client(SQS);
    core.faults.set({ kind: 'stale', service: 'sqs', milliseconds: 1000 });
    await sqs.createQueue({ QueueName: 'late' });

    await expect(sqs.getQueueUrl({ QueueName: 'late' })).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
    await clock.advance('1s');
    await expect(sqs.getQueueUrl({ QueueName: 'late' })).resolves.toBeDefined();
  });

  test('a read lags behind by so many changes', async () => {
    const { core, client } = emulated();
    const ssm = client(SSM);
    core.faults.set({ kind: 'stale', service: 'ssm', changes: 2 });
    for (const value of ['one', 'two', 'three']) await put(ssm, value);

    await expect(valueOf(ssm)).resolves.toBe('one');
    core.faults.clear();
    await expect(valueOf(ssm)).resolves.toBe('three');
  });

  test('writes see what is there', async () => {
    const { core, client } = emulated();
    const ssm = client(SSM);
    core.faults.set({ kind: 'stale', service: 'ssm', milliseconds: 5000 });
    await put(ssm, 'one');

    await expect(
      ssm.putParameter({ Name: '/p', Value: 'two', Type: 'String' }),
    ).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
  });
});

test('what services ask of each other is hit only when the fault says so', async () => {
  const { core } = emulated();
  const ssm = core.clients.of('ssm', {
    caller: { principal: { type: 'root', accountId: '000000000000', arn: 'root' } },
    region: 'us-east-1',
  }) as SSM;
  const { id } = core.faults.set({ kind: 'throttle', service: 'ssm' });
  await expect(put(ssm, 'one')).resolves.toBeDefined();
  core.faults.clear(id);

  core.faults.set({ kind: 'throttle', service: 'ssm', inside: true });

  await expect(put(ssm, 'two')).rejects.toThrow('Rate exceeded');
});

test('a reset of everything takes the faults away', async () => {
  const { core, emulator } = emulated();
  core.faults.set({ kind: 'drop', service: '*' });

  await emulator.reset();

  expect(core.faults.list()).toEqual([]);
});
