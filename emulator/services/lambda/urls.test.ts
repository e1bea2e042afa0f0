import { STS } from '@aws-sdk/client-sts';
import { accountWithRole, trustOf } from '../../../test/support/functions';

const echo = `exports.handler = async (event) => ({
  statusCode: 201,
  headers: { 'x-shop': 'yes' },
  body: JSON.stringify({ path: event.rawPath, query: event.queryStringParameters, body: event.body, context: event.requestContext }),
});`;

/** The function \`orders\` with a URL, and requests to it over no network. */
async function withUrl(code: string, AuthType: 'NONE' | 'AWS_IAM') {
  const account = await accountWithRole();
  await account.create(code);
  const { FunctionUrl = '' } = await account.lambda.createFunctionUrlConfig({
    FunctionName: 'orders',
    AuthType,
  });
  const { pathname } = new URL(FunctionUrl);
  async function request(path: string, { body = '', headers = {} } = {}) {
    const answer = await account.core.handle({
      method: 'POST',
      path: pathname + path,
      query: 'a=1&a=2',
      headers,
      body: Buffer.from(body),
    });
    return { ...answer, body: Buffer.from(answer.body).toString() };
  }
  const allow = (Action: string, more: object) =>
    account.lambda.addPermission({
      FunctionName: 'orders',
      StatementId: Action.replace(':', '-'),
      Action,
      Principal: '*',
      ...more,
    });
  return { ...account, FunctionUrl, request, allow };
}

const open = async ({ allow }: Awaited<ReturnType<typeof withUrl>>) => {
  await allow('lambda:InvokeFunctionUrl', { FunctionUrlAuthType: 'NONE' });
  await allow('lambda:InvokeFunction', { InvokedViaFunctionUrl: true });
};

test('a URL that is open to all hands the request to the function, in payload format 2.0', async () => {
  const account = await withUrl(echo, 'NONE');
  await open(account);

  const { status, headers, body } = await account.request('orders/7', {
    body: '{"sku":"x"}',
    headers: { 'content-type': 'application/json' },
  });

  expect(account.FunctionUrl).toMatch(
    /^http:\/\/127\.0\.0\.1:4566\/lambda-url\/us-east-1\/000000000000\/[a-z2-7]{32}\/$/,
  );
  expect(status).toBe(201);
  expect(headers).toMatchObject({ 'x-shop': 'yes', 'content-type': 'application/json' });
  expect(JSON.parse(body)).toMatchObject({
    path: '/orders/7',
    query: { a: '1,2' },
    body: '{"sku":"x"}',
    context: {
      accountId: 'anonymous',
      http: { method: 'POST', path: '/orders/7', sourceIp: '127.0.0.1' },
      stage: '$default',
      time: '01/Jan/2026:00:00:00 +0000',
    },
  });
});

test('AuthType NONE alone lets nobody in: the policy must allow both actions', async () => {
  const { request, allow } = await withUrl(echo, 'NONE');
  const forbidden = {
    status: 403,
    body: '{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}',
  };

  expect(await request('')).toMatchObject(forbidden);
  await allow('lambda:InvokeFunctionUrl', { FunctionUrlAuthType: 'NONE' });
  expect(await request('')).toMatchObject(forbidden);
  await allow('lambda:InvokeFunction', { InvokedViaFunctionUrl: true });
  expect((await request('')).status).toBe(201);
});

test('with AWS_IAM the signer’s policies decide', async () => {
  const { iam, client, request } = await withUrl(echo, 'AWS_IAM');
  await iam.createRole({
    RoleName: 'caller',
    AssumeRolePolicyDocument: trustOf('x.amazonaws.com'),
  });
  await iam.updateAssumeRolePolicy({
    RoleName: 'caller',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'sts:AssumeRole' },
      ],
    }),
  });
  const { Credentials } = await client(STS).assumeRole({
    RoleArn: 'arn:aws:iam::000000000000:role/caller',
    RoleSessionName: 'me',
  });
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=${Credentials?.AccessKeyId}/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=00`,
  };
  const unsigned = await request('');
  const denied = await request('', { headers });
  await iam.putRolePolicy({
    RoleName: 'caller',
    PolicyName: 'call',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'],
          Resource: '*',
        },
      ],
    }),
  });
  const allowed = await request('', { headers });

  expect([unsigned.status, denied.status, allowed.status]).toEqual([403, 403, 201]);
  expect(JSON.parse(allowed.body)).toMatchObject({
    context: {
      accountId: '000000000000',
      authorizer: {
        iam: { userArn: 'arn:aws:sts::000000000000:assumed-role/caller/me' },
      },
    },
  });
});

test('a plain value is the body, and an error is answered with 502', async () => {
  const account = await withUrl(
    "exports.handler = async ({ rawPath }) => { if (rawPath === '/fail') throw new Error('x'); return { ok: true }; };",
    'NONE',
  );
  await open(account);

  expect(await account.request('')).toMatchObject({ status: 200, body: '{"ok":true}' });
  expect(await account.request('fail')).toMatchObject({
    status: 502,
    body: 'Internal Server Error',
  });
});

test('a function has one URL, an alias another, and what is not there is not found', async () => {
  const { lambda } = await withUrl(echo, 'NONE');
  const FunctionName = 'orders';

  await expect(
    lambda.createFunctionUrlConfig({ FunctionName, AuthType: 'NONE' }),
  ).rejects.toMatchObject({
    name: 'ResourceConflictException',
  });
  await expect(
    lambda.createFunctionUrlConfig({
      FunctionName,
      AuthType: 'NONE',
      InvokeMode: 'RESPONSE_STREAM',
      Qualifier: 'live',
    }),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await lambda.deleteFunctionUrlConfig({ FunctionName });
  await expect(lambda.getFunctionUrlConfig({ FunctionName })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test('each cookie is a header of its own, and a form comes in Base64', async () => {
  const account = await withUrl(
    `exports.handler = async ({ body, isBase64Encoded }) => ({
      statusCode: 200, cookies: ['a=1', 'b=2'], body: JSON.stringify([body, isBase64Encoded]),
    });`,
    'NONE',
  );
  await open(account);

  const { cookies, body } = await account.request('', {
    body: 'sku=x',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

  expect(cookies).toEqual(['a=1', 'b=2']);
  expect(JSON.parse(body)).toEqual(['c2t1PXg=', true]);
});

test('a way of signing that is none is refused', async () => {
  await expect(withUrl(echo, 'COOKIE' as 'NONE')).rejects.toMatchObject({
    name: 'ValidationException',
    message:
      "1 validation error detected: Value 'COOKIE' at 'authType' failed to satisfy constraint: Member must satisfy enum value set: [AWS_IAM, NONE]",
  });
});
