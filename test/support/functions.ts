import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { zipSync } from 'fflate';
import type { EmulatorOptions } from '../../emulator';
import { emulated } from './emulated';

/** A deployment package of these files. */
export const zipOf = (files: Record<string, string>): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, text]) => [
        name,
        [Buffer.from(text), { mtime: '2000-01-01' }],
      ]),
    ),
  );

export const trustOf = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });

const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});

/** An account with the execution role `worker`, which may do everything. */
export async function accountWithRole(options: EmulatorOptions = {}) {
  const account = emulated(options);
  const iam = account.client(IAM);
  await iam.createRole({
    RoleName: 'worker',
    AssumeRolePolicyDocument: trustOf('lambda.amazonaws.com'),
  });
  await iam.putRolePolicy({ RoleName: 'worker', PolicyName: 'all', PolicyDocument: everything });
  const lambda = account.client(Lambda);
  return { ...account, iam, lambda, ...functionsOf(lambda) };
}

interface Invoked {
  payload: unknown;
  error: string | undefined;
  version: string | undefined;
  /** The tail of the log. */
  log: string;
}

function functionsOf(lambda: Lambda) {
  return {
    /** Makes the function `orders` of `index.js`, or of several files. */
    create: (code: string | Record<string, string>, more: object = {}) =>
      lambda.createFunction({
        FunctionName: 'orders',
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::000000000000:role/worker',
        // Wall time, on a machine that may be busy.
        Timeout: 30,
        Code: { ZipFile: zipOf(typeof code === 'string' ? { 'index.js': code } : code) },
        ...more,
      }),

    /** Calls `orders` and reads the answer. */
    invoke: async (event: unknown = {}, more: object = {}): Promise<Invoked> => {
      const { Payload, FunctionError, ExecutedVersion, LogResult } = await lambda.invoke({
        FunctionName: 'orders',
        Payload: JSON.stringify(event),
        LogType: 'Tail',
        ...more,
      });
      return {
        payload: JSON.parse(new TextDecoder().decode(Payload)),
        error: FunctionError,
        version: ExecutedVersion,
        log: Buffer.from(LogResult ?? '', 'base64').toString(),
      };
    },
  };
}

/** All that a function logged, stream by stream. */
export async function messagesOf(logs: CloudWatchLogs, name = 'orders'): Promise<string[]> {
  const logGroupName = `/aws/lambda/${name}`;
  const { logStreams = [] } = await logs.describeLogStreams({ logGroupName });
  const pages = await Promise.all(
    logStreams.map(({ logStreamName }) =>
      logs.getLogEvents({ logGroupName, logStreamName, startFromHead: true }),
    ),
  );
  return pages.flatMap(({ events = [] }) => events.map(({ message = '' }) => message));
}
