import { Lambda } from '@aws-sdk/client-lambda';
import { accountWithRole, trustOf, zipOf } from '../../../test/support/functions';

const handler = 'exports.handler = async (event) => event;';

test('a function is described by its settings, and AWS’s defaults', async () => {
  const { lambda, create } = await accountWithRole();
  await create(handler, {
    Timeout: undefined,
    Environment: { Variables: { STAGE: 'test' } },
    Tags: { team: 'shop' },
  });

  const { Configuration, Code, Tags } = await lambda.getFunction({ FunctionName: 'orders' });

  expect(Configuration).toMatchObject({
    FunctionName: 'orders',
    FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:orders',
    Runtime: 'nodejs20.x',
    Handler: 'index.handler',
    Role: 'arn:aws:iam::000000000000:role/worker',
    Timeout: 3,
    MemorySize: 128,
    LastModified: '2026-01-01T00:00:00.000+0000',
    Version: '$LATEST',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    EphemeralStorage: { Size: 512 },
    TracingConfig: { Mode: 'PassThrough' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/orders' },
    Environment: { Variables: { STAGE: 'test' } },
  });
  expect(Tags).toEqual({ team: 'shop' });
  expect(Code?.Location).toMatch(/^http:\/\/127\.0\.0\.1:4566\/lambda-code\//);
});

test('a role that does not trust Lambda makes no function (text unverified)', async () => {
  const { iam, create } = await accountWithRole();
  await iam.createRole({
    RoleName: 'other',
    AssumeRolePolicyDocument: trustOf('ec2.amazonaws.com'),
  });

  await expect(
    create(handler, { Role: 'arn:aws:iam::000000000000:role/other' }),
  ).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'The role defined for the function cannot be assumed by Lambda.',
  });
});

test.each([
  {
    more: { Runtime: 'nodejs16.x' },
    name: 'InvalidParameterValueException',
    message: 'The runtime parameter of nodejs16.x is no longer supported',
    source: 'unverified',
  },
  {
    more: { Runtime: 'java21' },
    name: 'InvalidParameterValueException',
    message: 'The runtime java21 is not emulated',
    source: 'ours',
  },
  {
    more: { Timeout: 901 },
    name: 'ValidationException',
    message:
      "1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900",
    source: 'unverified',
  },
  {
    more: { MemorySize: 64 },
    name: 'ValidationException',
    message:
      "Value '64' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128",
    source: 'unverified',
  },
  {
    more: { Environment: { Variables: { AWS_REGION: 'x' } } },
    name: 'InvalidParameterValueException',
    message: 'Reserved keys used in this request: AWS_REGION',
    source: 'unverified',
  },
  {
    more: { LoggingConfig: { LogFormat: 'XML' } },
    name: 'ValidationException',
    message:
      "1 validation error detected: Value 'XML' at 'loggingConfig.logFormat' failed to satisfy constraint: Member must satisfy enum value set: [JSON, Text]",
    source: 'unverified',
  },
  {
    more: { Environment: { Variables: { MODE: 'fast', '1ST': 'x' } } },
    name: 'ValidationException',
    message:
      "at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
    source: 'unverified',
  },
  {
    more: { Architectures: ['X86_64'] },
    name: 'ValidationException',
    message:
      "1 validation error detected: Value '[X86_64]' at 'architectures' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]",
    source: 'LocalStack test_lambda_api.py',
  },
  {
    more: { Architectures: [] },
    name: 'ValidationException',
    message:
      "1 validation error detected: Value '[]' at 'architectures' failed to satisfy constraint: Member must have length greater than or equal to 1",
    source: 'unverified',
  },
  {
    more: { Architectures: ['x86_64', 'arm64'] },
    name: 'ValidationException',
    message:
      "1 validation error detected: Value '[x86_64, arm64]' at 'architectures' failed to satisfy constraint: Member must have length less than or equal to 1",
    source: 'LocalStack test_lambda_api.py',
  },
  {
    more: { FunctionName: 'a'.repeat(65) },
    name: 'InvalidParameterValueException',
    message:
      "at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64",
    source: 'LocalStack test_lambda_api.py',
  },
  {
    more: { Code: { ZipFile: Buffer.from('no zip') } },
    name: 'InvalidParameterValueException',
    message: 'Could not unzip uploaded file. Please check your file, then try to upload again.',
    source: 'LocalStack test_lambda_api.py',
  },
  {
    more: { Code: { ImageUri: 'x' } },
    name: 'InvalidParameterValueException',
    message: 'Functions from container images are not emulated; use a zip.',
    source: 'ours',
  },
  {
    more: {
      CodeSigningConfigArn:
        'arn:aws:lambda:us-east-1:000000000000:code-signing-config:csc-0123456789abcdef0',
    },
    name: 'InvalidParameterValueException',
    message: 'Code signing is not emulated.',
    source: 'ours',
  },
  {
    more: { SnapStart: { ApplyOn: 'PublishedVersions' } },
    name: 'InvalidParameterValueException',
    message: 'SnapStart is not emulated.',
    source: 'ours',
  },
])('$more is refused: $message ($source)', async ({ more, name, message }) => {
  const { create } = await accountWithRole();

  await expect(create(handler, more)).rejects.toMatchObject({
    name,
    message: expect.stringContaining(message),
  });
});

test('a function has at most 50 tags (LocalStack test_lambda_api.py)', async () => {
  const { lambda, create } = await accountWithRole();
  await create(handler);
  const Resource = 'arn:aws:lambda:us-east-1:000000000000:function:orders';
  const tag = (from: number, count: number) =>
    lambda.tagResource({
      Resource,
      Tags: Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`k${from + index}`, '']),
      ),
    });
  await tag(0, 50);

  await expect(tag(50, 1)).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'Number of tags exceeds resource tag limit.',
  });
  await expect(tag(0, 0)).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: 'An error occurred and the request cannot be processed.',
  });
});

test('a caller needs iam:PassRole for the execution role (text unverified)', async () => {
  const { iam, client, create } = await accountWithRole();
  const { AccessKey } = await iam
    .createUser({ UserName: 'dev' })
    .then(() => iam.createAccessKey({ UserName: 'dev' }));
  await iam.putUserPolicy({
    UserName: 'dev',
    PolicyName: 'lambda',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'lambda:*', Resource: '*' }],
    }),
  });
  const dev = client(Lambda, {
    credentials: { AccessKeyId: AccessKey?.AccessKeyId, SecretAccessKey: 'x' },
  });

  await expect(
    dev.createFunction({
      FunctionName: 'orders',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::000000000000:role/worker',
      Code: { ZipFile: zipOf({ 'index.js': handler }) },
    }),
  ).rejects.toThrow(
    'is not authorized to perform: iam:PassRole on resource: arn:aws:iam::000000000000:role/worker',
  );
  await create(handler);
  expect((await dev.getFunctionConfiguration({ FunctionName: 'orders' })).Handler).toBe(
    'index.handler',
  );
});

test('the package can be fetched where GetFunction says', async () => {
  const { core, lambda, create } = await accountWithRole();
  await create(handler);
  const { Code } = await lambda.getFunction({ FunctionName: 'orders' });
  const { pathname: path } = new URL(Code?.Location ?? '');
  const fetched = await core.handle({
    method: 'GET',
    path,
    query: '',
    headers: {},
    body: new Uint8Array(),
  });

  expect(fetched.status).toBe(200);
  expect(Buffer.from(fetched.body).equals(Buffer.from(zipOf({ 'index.js': handler })))).toBe(true);
});

test('a change tells a new revision, and an old one is refused', async () => {
  const { lambda, create } = await accountWithRole();
  const { RevisionId } = await create(handler);
  const change = { FunctionName: 'orders', Timeout: 10, RevisionId };
  const changed = await lambda.updateFunctionConfiguration(change);

  expect(changed).toMatchObject({ Timeout: 10, LastUpdateStatus: 'Successful' });
  expect(changed.RevisionId).not.toBe(RevisionId);
  await expect(lambda.updateFunctionConfiguration(change)).rejects.toMatchObject({
    name: 'PreconditionFailedException',
    message:
      'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    $metadata: { httpStatusCode: 412 },
  });
});

test('a version is published when something changed, and keeps what it had', async () => {
  const { lambda, create } = await accountWithRole();
  const publish = () => lambda.publishVersion({ FunctionName: 'orders' });
  await create(handler);
  const first = await publish();
  const again = await publish();
  await lambda.updateFunctionConfiguration({ FunctionName: 'orders', Timeout: 10 });
  const second = await publish();

  expect([first.Version, again.Version, second.Version]).toEqual(['1', '1', '2']);
  expect(second.FunctionArn).toBe('arn:aws:lambda:us-east-1:000000000000:function:orders:2');
  expect(
    await lambda.getFunctionConfiguration({ FunctionName: 'orders', Qualifier: '1' }),
  ).toMatchObject({ Timeout: 30 });
  const { Versions = [] } = await lambda.listVersionsByFunction({ FunctionName: 'orders' });
  expect(Versions.map(({ Version }) => Version)).toEqual(['$LATEST', '1', '2']);
});

test('an alias points to a version, with a share for another one', async () => {
  const { lambda, create } = await accountWithRole();
  await create(handler, { Publish: true });
  await lambda.updateFunctionCode({
    FunctionName: 'orders',
    ZipFile: zipOf({ 'index.js': `${handler} // two` }),
    Publish: true,
  });
  const live = { FunctionName: 'orders', Name: 'live' };
  const created = await lambda.createAlias({ ...live, FunctionVersion: '1' });
  await lambda.updateAlias({ ...live, RoutingConfig: { AdditionalVersionWeights: { '2': 0.1 } } });
  const shifting = await lambda.getAlias(live);
  await lambda.updateAlias({ ...live, FunctionVersion: '2', RoutingConfig: {} });
  const shifted = await lambda.getAlias(live);

  expect(created).toMatchObject({
    AliasArn: 'arn:aws:lambda:us-east-1:000000000000:function:orders:live',
    FunctionVersion: '1',
  });
  expect(shifting).toMatchObject({
    FunctionVersion: '1',
    RoutingConfig: { AdditionalVersionWeights: { '2': 0.1 } },
  });
  expect(shifted).toMatchObject({ FunctionVersion: '2' });
  expect(shifted.RoutingConfig).toBeUndefined();
});

test.each([
  [{ Name: '7', FunctionVersion: '1' }, "Value '7' at 'name' failed to satisfy constraint"],
  [
    { Name: 'live', FunctionVersion: '9' },
    'Function not found: arn:aws:lambda:us-east-1:000000000000:function:orders:9',
  ],
  [
    {
      Name: 'live',
      FunctionVersion: '$LATEST',
      RoutingConfig: { AdditionalVersionWeights: { '1': 0.5 } },
    },
    '$LATEST is not supported for an alias pointing to more than 1 version',
  ],
  [
    {
      Name: 'live',
      FunctionVersion: '1',
      RoutingConfig: { AdditionalVersionWeights: { '1': 0.5 } },
    },
    'Function version 1 is already included in routing configuration.',
  ],
])('the alias %j is refused', async (alias, message) => {
  const { lambda, create } = await accountWithRole();
  await create(handler, { Publish: true });

  await expect(lambda.createAlias({ FunctionName: 'orders', ...alias })).rejects.toThrow(message);
});

test('a version that an alias points to cannot be deleted', async () => {
  const { lambda, create } = await accountWithRole();
  await create(handler, { Publish: true });
  await lambda.createAlias({ FunctionName: 'orders', Name: 'live', FunctionVersion: '1' });
  const deletion = { FunctionName: 'orders', Qualifier: '1' };

  await expect(lambda.deleteFunction(deletion)).rejects.toMatchObject({
    name: 'ResourceConflictException',
  });
  await lambda.deleteAlias({ FunctionName: 'orders', Name: 'live' });
  await lambda.deleteFunction(deletion);
  await expect(lambda.getFunction(deletion)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('a permission becomes a statement of the function’s policy', async () => {
  const { lambda, create } = await accountWithRole();
  await create(handler);
  const permission = {
    FunctionName: 'orders',
    StatementId: 'rule',
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
    SourceArn: 'arn:aws:events:us-east-1:000000000000:rule/nightly',
  };
  await lambda.addPermission(permission);

  const { Policy = '' } = await lambda.getPolicy({ FunctionName: 'orders' });

  expect(JSON.parse(Policy)).toEqual({
    Version: '2012-10-17',
    Id: 'default',
    Statement: [
      {
        Sid: 'rule',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: 'arn:aws:lambda:us-east-1:000000000000:function:orders',
        Condition: {
          ArnLike: { 'AWS:SourceArn': 'arn:aws:events:us-east-1:000000000000:rule/nightly' },
        },
      },
    ],
  });
  await expect(lambda.addPermission(permission)).rejects.toMatchObject({
    name: 'ResourceConflictException',
  });
  await lambda.removePermission({ FunctionName: 'orders', StatementId: 'rule' });
  await expect(lambda.getPolicy({ FunctionName: 'orders' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test.each([
  [
    { Principal: 'somebody' },
    'The provided principal was invalid. Please check the principal and try again.',
  ],
  [{ Qualifier: '$LATEST' }, 'We currently do not support adding policies for $LATEST.'],
  [
    { Action: 'sqs:SendMessage' },
    "1 validation error detected: Value 'sqs:SendMessage' at 'action' failed to satisfy constraint: Member must satisfy regular expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])",
  ],
])('a permission with %j is refused', async (more, message) => {
  const { lambda, create } = await accountWithRole();
  await create(handler);

  await expect(
    lambda.addPermission({
      FunctionName: 'orders',
      StatementId: 'rule',
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      ...more,
    }),
  ).rejects.toMatchObject({ message });
});

test('tags belong to the function, not to a version', async () => {
  const { lambda, create } = await accountWithRole();
  const { FunctionArn: arn } = await create(handler, { Publish: true });

  await expect(lambda.tagResource({ Resource: arn, Tags: { team: 'shop' } })).rejects.toMatchObject(
    {
      name: 'InvalidParameterValueException',
      message:
        'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    },
  );
});

test('reserved concurrency leaves a hundred for all others', async () => {
  const { lambda, create } = await accountWithRole();
  await create(handler);
  const reserve = (ReservedConcurrentExecutions: number) =>
    lambda.putFunctionConcurrency({ FunctionName: 'orders', ReservedConcurrentExecutions });
  await reserve(900);

  await expect(reserve(901)).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message:
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
  });
  expect(await lambda.getAccountSettings({})).toMatchObject({
    AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 100 },
    AccountUsage: { FunctionCount: 1 },
  });
});
