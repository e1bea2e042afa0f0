import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { emulated } from '../../../test/support/emulated';

const trust = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });

const zip = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));

async function account() {
  const account = emulated();
  const iam = account.client(IAM);
  const { Role } = await iam.createRole({
    RoleName: 'worker',
    AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
  });
  const lambda = account.client(Lambda);
  const create = (files: Record<string, string>, more: object = {}) =>
    lambda.createFunction({
      FunctionName: 'orders',
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Role: Role?.Arn ?? '',
      Code: { ZipFile: zip(files) },
      ...more,
    });
  return { ...account, iam, lambda, create };
}

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

test('try', async () => {
  const { lambda, create, core } = await account();
  (core as any).log = console.log;
  console.log(await create({ 'index.js': `
  const { S3Client, ListBucketsCommand } = require('@aws-sdk/client-s3');
  const { STSClient, GetCallerIdentityCommand } = require('@aws-sdk/client-sts');
  console.log('loading');
  exports.handler = async (event, context) => { console.log('hello', event, new Date()); process.stdout.write('{"a":1}\\n'); 
   const who = await new STSClient({}).send(new GetCallerIdentityCommand({}));
   return { event, who, env: process.env, left: context.getRemainingTimeInMillis() }; };` }));
  for (const i of [1, 2]) {
  const t = performance.now();
  const { Payload, LogResult, ...rest } = await lambda.invoke({ FunctionName: 'orders', Payload: '{"a":2}', LogType: 'Tail' });
  console.log(performance.now() - t, JSON.parse(text(Payload)), rest, Buffer.from(LogResult ?? '', 'base64').toString());
  }
});
