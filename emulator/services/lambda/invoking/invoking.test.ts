import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { Lambda } from '@aws-sdk/client-lambda';
import { SQS } from '@aws-sdk/client-sqs';
import type { Core } from '../../../core';
import { serviceOf } from '../../../principal';
import { accountWithRole, messagesOf, trustOf, zipOf } from '../../../../test/support/functions';

/** Another service that invokes `orders` for itself. */
const asService = (core: Core, service: string, sourceArn: string): Lambda =>
  core.clients.of('lambda', {
    caller: { principal: serviceOf(service, '000000000000'), sourceArn },
    region: 'us-east-1',
  }) as Lambda;

const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'fulfilled',
    (error: unknown) => error,
  );

test('a handler gets the event, its context and AWS’s variables, and is its role', async () => {
  const { create, invoke } = await accountWithRole();
  await create(
    `const { STS } = require('@aws-sdk/client-sts');
     exports.handler = async (event, context) => ({
       event,
       left: context.getRemainingTimeInMillis(),
       context,
       env: process.env,
       who: (await new STS({}).getCallerIdentity({})).Arn,
     });`,
    { Environment: { Variables: { STAGE: 'test' } } },
  );

  const { payload, error, version } = await invoke({ id: 7 });

  expect([error, version]).toEqual([undefined, '$LATEST']);
  expect(payload).toMatchObject({
    event: { id: 7 },
    who: 'arn:aws:sts::000000000000:assumed-role/worker/orders',
    context: {
      functionName: 'orders',
      functionVersion: '$LATEST',
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/orders',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:orders',
    },
    env: {
      STAGE: 'test',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'orders',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x',
      _HANDLER: 'index.handler',
      TZ: ':UTC',
    },
  });
  const { left, env } = payload as { left: number; env: Record<string, string> };
  expect(left).toBeGreaterThan(20_000);
  expect(left).toBeLessThanOrEqual(30_000);
  expect(Object.keys(env).filter((name) => /^(npm_|JEST_|NODE_ENV|USER)/.test(name))).toEqual([]);
});

test('an ES module imports the SDK, and an environment is used again', async () => {
  const { create, invoke } = await accountWithRole();
  await create({
    'index.mjs': `import { S3 } from '@aws-sdk/client-s3';
      let calls = 0;
      export const handler = async () => ({ calls: ++calls, buckets: typeof new S3({}).listBuckets });`,
  });

  await invoke();
  const { payload } = await invoke();

  expect(payload).toEqual({ calls: 2, buckets: 'function' });
});

test('only what AWS’s runtime brings can be used without packing it', async () => {
  const { create, invoke } = await accountWithRole();
  await create("const yaml = require('yaml'); exports.handler = async () => typeof yaml.parse;");

  expect((await invoke()).payload).toMatchObject({
    errorType: 'Runtime.ImportModuleError',
    errorMessage:
      "Error: Cannot find module 'yaml'\nRequire stack:\n- /var/task/index.js\n- /var/runtime/index.mjs",
  });
});

test('what packed code brings comes first', async () => {
  const { create, invoke } = await accountWithRole();
  await create({
    'index.js': "exports.handler = async () => require('@aws-sdk/client-s3').mine;",
    'node_modules/@aws-sdk/client-s3/index.js': "exports.mine = 'packed';",
  });

  expect((await invoke()).payload).toBe('packed');
});

test('the log has START, END and REPORT; the console a prefix, streams none', async () => {
  const { client, clock, create, invoke } = await accountWithRole();
  await create(
    `exports.handler = async () => {
       console.log('hello', { a: 1 });
       console.error('a\\nb');
       process.stdout.write('{"x":1}\\n');
     };`,
  );
  const { log } = await invoke();
  await clock.settle();

  const messages = await messagesOf(client(CloudWatchLogs));

  const id = '[0-9a-f-]{36}';
  const time = String.raw`2026-01-01T00:00:0\d\.\d{3}Z`;
  expect(messages).toEqual([
    'INIT_START Runtime Version: nodejs:20\n',
    expect.stringMatching(new RegExp(`^START RequestId: ${id} Version: \\$LATEST\n$`)),
    expect.stringMatching(new RegExp(`^${time}\t${id}\tINFO\thello \\{ a: 1 \\}\n$`)),
    expect.stringMatching(new RegExp(`^${time}\t${id}\tERROR\ta\nb\n$`)),
    '{"x":1}\n',
    expect.stringMatching(new RegExp(`^END RequestId: ${id}\n$`)),
    expect.stringMatching(
      new RegExp(
        `^REPORT RequestId: ${id}\tDuration: [\\d.]+ ms\tBilled Duration: \\d+ ms\tMemory Size: 128 MB\tMax Memory Used: \\d+ MB\tInit Duration: [\\d.]+ ms\t\n$`,
      ),
    ),
  ]);
  expect(log).toBe(messages.join(''));
});

test('in JSON each line is an object, below the level none at all', async () => {
  const { client, clock, create, invoke } = await accountWithRole();
  await create(
    `exports.handler = async () => {
       console.debug('not shown');
       console.warn('careful', new Error('why'));
     };`,
    { LoggingConfig: { LogFormat: 'JSON' } },
  );
  await invoke();
  await clock.settle();

  const lines = (await messagesOf(client(CloudWatchLogs))).map((line) => JSON.parse(line));

  expect(lines).toMatchObject([
    { type: 'platform.initStart' },
    { type: 'platform.start', record: { version: '$LATEST' } },
    {
      level: 'WARN',
      message: expect.stringMatching(/^careful Error: why/),
      errorType: 'Error',
      errorMessage: 'why',
    },
    { type: 'platform.report', record: { status: 'success', metrics: { memorySizeMB: 128 } } },
  ]);
});

test('a role that may not write logs leaves none, and the function works', async () => {
  const { iam, client, clock, create, invoke } = await accountWithRole();
  await iam.deleteRolePolicy({ RoleName: 'worker', PolicyName: 'all' });
  await create("exports.handler = async () => 'done';");

  const { payload } = await invoke();
  await clock.settle();

  expect(payload).toBe('done');
  expect((await client(CloudWatchLogs).describeLogGroups({})).logGroups).toEqual([]);
});

test('an error of the handler is its caller’s answer, and logged', async () => {
  const { create, invoke } = await accountWithRole();
  await create("exports.handler = async () => { throw new TypeError('no stock'); };");

  const { payload, error, log } = await invoke();

  expect(error).toBe('Unhandled');
  expect(payload).toEqual({
    errorType: 'TypeError',
    errorMessage: 'no stock',
    trace: expect.arrayContaining([
      'TypeError: no stock',
      '    at exports.handler (/var/task/index.js:1:39)',
    ]),
  });
  expect(log).toMatch(
    /\tERROR\tInvoke Error \t\{"errorType":"TypeError","errorMessage":"no stock","stack":\[/,
  );
  expect(log).toContain('at exports.handler (/var/task/index.js:1:39)');
});

test.each([
  [
    'exports.other = 1;',
    {},
    'Runtime.HandlerNotFound',
    'index.handler is undefined or not exported',
  ],
  ['exports.handler = 1;', {}, 'Runtime.HandlerNotFound', 'index.handler is not a function'],
  [
    'exports.handler = (',
    {},
    'Runtime.UserCodeSyntaxError',
    expect.stringMatching(/^SyntaxError: /),
  ],
  ["throw new RangeError('early')", {}, 'RangeError', 'early'],
  [
    'exports.x = 1;',
    { Handler: 'app.handler' },
    'Runtime.ImportModuleError',
    "Error: Cannot find module 'app'\nRequire stack:\n- /var/runtime/index.mjs",
  ],
  [
    'process.exit(3)',
    {},
    'Runtime.ExitError',
    expect.stringMatching(/^RequestId: \S+ Error: Runtime exited with error: exit status 3$/),
  ],
  [
    'exports.handler = async () => new Promise(() => {});',
    {},
    'Runtime.NodeJsExit',
    expect.stringContaining('a Promise that was never settled'),
  ],
  [
    'exports.handler = async () => { setTimeout(() => { throw new Error("late") }); await new Promise((r) => setTimeout(r, 500)); };',
    {},
    'Error',
    'late',
  ],
  [
    'exports.handler = async () => process.exit(0)',
    {},
    'Runtime.ExitError',
    expect.stringMatching(/^RequestId: \S+ Error: Runtime exited without providing a reason$/),
  ],
])('%s answers what AWS’s runtime says of it', async (code, ...[more, errorType, errorMessage]) => {
  const { create, invoke } = await accountWithRole();
  await create(code, more);

  const { payload, error } = await invoke();

  expect(error).toBe('Unhandled');
  expect(payload).toMatchObject({ errorType, errorMessage });
});

test('an endless loop is stopped when its time is up, and the next call starts afresh', async () => {
  const { create, invoke } = await accountWithRole();
  await create('exports.handler = async ({ hang }) => { while (hang); return "done"; };', {
    Timeout: 1,
  });

  const { payload, error, log } = await invoke({ hang: true });

  expect(error).toBe('Unhandled');
  expect(payload).toEqual({
    errorType: 'Sandbox.Timedout',
    errorMessage: expect.stringMatching(
      /^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/,
    ),
  });
  expect(log).toMatch(/ Task timed out after 1\.00 seconds\n\nEND /);
  expect(log).toMatch(/\tStatus: timeout\t\n$/);
  expect((await invoke({})).payload).toBe('done');
});

test('calls at the same time have an environment each, up to the reserved concurrency', async () => {
  const { lambda, create, invoke } = await accountWithRole();
  await create(
    'exports.handler = async () => { await new Promise((r) => setTimeout(r, 300)); return process.pid; };',
  );
  await lambda.putFunctionConcurrency({ FunctionName: 'orders', ReservedConcurrentExecutions: 2 });

  const [first, second, third] = await Promise.all([invoke(), invoke(), rejection(invoke())]);

  expect(first?.payload).not.toBe(second?.payload);
  expect(third).toMatchObject({
    name: 'TooManyRequestsException',
    message: 'Rate Exceeded.',
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    $metadata: { httpStatusCode: 429 },
  });
});

test('payloads have their limits (texts unverified)', async () => {
  const { lambda, create } = await accountWithRole();
  await create('exports.handler = async (event) => event;');
  const send = (InvocationType: 'Event' | 'RequestResponse', bytes: number) =>
    lambda.invoke({
      FunctionName: 'orders',
      InvocationType,
      Payload: JSON.stringify('x'.repeat(bytes - 2)),
    });

  await expect(send('RequestResponse', 6_291_457)).rejects.toMatchObject({
    name: 'RequestEntityTooLargeException',
    message:
      '6291457 byte payload is too large for the RequestResponse invocation type (limit 6291456 bytes)',
    $metadata: { httpStatusCode: 413 },
  });
  await expect(send('Event', 1_048_577)).rejects.toThrow(
    '1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)',
  );
});

test('an answer of more than six megabytes is an error of the function', async () => {
  const { create, invoke } = await accountWithRole();
  await create("exports.handler = async () => 'x'.repeat(6_300_000);");

  expect((await invoke()).payload).toEqual({
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
  });
});

test('handlers see simulated time', async () => {
  const { clock, create, invoke } = await accountWithRole();
  await create(
    'exports.handler = async () => [new Date().toISOString(), Date.now() - new Date()];',
  );
  const first = await invoke();
  await clock.advance('36h');
  const second = await invoke();

  expect(first.payload).toEqual([expect.stringMatching(/^2026-01-01T00:00:0/), 0]);
  expect(second.payload).toEqual([expect.stringMatching(/^2026-01-02T12:00:0/), 0]);
});

test('time moves while a handler waits in a long poll, and no further than its end', async () => {
  const { core, client, clock, create, invoke } = await accountWithRole();
  const { QueueUrl } = await client(SQS).createQueue({ QueueName: 'jobs' });
  await create(
    `const { SQS } = require('@aws-sdk/client-sqs');
     exports.handler = async ({ QueueUrl }) => {
       const { Messages = [] } = await new SQS({}).receiveMessage({ QueueUrl, WaitTimeSeconds: 20 });
       return [Messages.length, new Date().toISOString().slice(0, 18)];
     };`,
  );
  const answer = invoke({ QueueUrl });
  while (core.parked.size === 0) await new Promise((resolve) => setImmediate(resolve));
  await clock.advance('30s');

  expect((await answer).payload).toEqual([0, '2026-01-01T00:00:2']);
  expect(clock.now()).toEqual(new Date('2026-01-01T00:00:30Z'));
});

test('new code runs in a new environment at once', async () => {
  const { lambda, create, invoke } = await accountWithRole();
  await create('exports.handler = async () => 1;');
  await invoke();
  await lambda.updateFunctionCode({
    FunctionName: 'orders',
    ZipFile: zipOf({ 'index.js': 'exports.handler = async () => 2;' }),
  });

  expect((await invoke()).payload).toBe(2);
});

test('a role that no longer trusts Lambda runs nothing new (text unverified)', async () => {
  const { iam, create, invoke } = await accountWithRole();
  await create('exports.handler = async () => 1;');
  await iam.updateAssumeRolePolicy({
    RoleName: 'worker',
    PolicyDocument: trustOf('ec2.amazonaws.com'),
  });

  await expect(invoke()).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: 'The role defined for the function cannot be assumed by Lambda.',
  });
});

test('a service may invoke what the function’s policy lets it, under the qualifier that it names', async () => {
  const { core, lambda, create } = await accountWithRole();
  await create('exports.handler = async () => 1;', { Publish: true });
  const rule = 'arn:aws:events:us-east-1:000000000000:rule/nightly';
  const call = (sourceArn: string, Qualifier?: string) =>
    asService(core, 'events.amazonaws.com', sourceArn).invoke({
      FunctionName: 'orders',
      InvocationType: 'DryRun',
      Qualifier,
    });
  const denied = { name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 } };

  await expect(call(rule)).rejects.toMatchObject(denied);
  await lambda.addPermission({
    FunctionName: 'orders',
    StatementId: 'rule',
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
    SourceArn: rule,
  });
  expect((await call(rule)).StatusCode).toBe(204);
  await expect(call(`${rule}-other`)).rejects.toMatchObject(denied);
  await expect(call(rule, '1')).rejects.toMatchObject(denied);
});

test('a function calls another one and waits for it', async () => {
  const { create, invoke } = await accountWithRole();
  await create('exports.handler = async ({ n }) => n * 2;', { FunctionName: 'double' });
  await create(
    `const { Lambda } = require('@aws-sdk/client-lambda');
     exports.handler = async (event) => {
       const { Payload } = await new Lambda({}).invoke({ FunctionName: 'double', Payload: JSON.stringify(event) });
       return JSON.parse(Payload.transformToString()) + 1;
     };`,
  );

  expect((await invoke({ n: 4 })).payload).toBe(9);
});

test.each([
  ['an answer by callback', '(event, context, callback) => callback(null, "called");', 'called'],
  ['an answer by the context', '(event, context) => context.succeed("done");', 'done'],
  ['no answer at all', '() => {};', null],
])('%s comes from a handler that is no promise', async (_, handler, answer) => {
  const { create, invoke } = await accountWithRole();
  await create(`exports.handler = ${handler}`);

  expect(await invoke()).toMatchObject({ payload: answer, error: undefined });
});

test('from Node 24 on a handler takes no callback', async () => {
  const { create, invoke } = await accountWithRole();
  await create('exports.handler = (event, context, callback) => callback(null, 1);', {
    Runtime: 'nodejs24.x',
  });

  expect((await invoke()).payload).toMatchObject({
    errorType: 'Runtime.CallbackHandlerDeprecated',
  });
});
