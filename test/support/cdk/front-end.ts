import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator } from '../../../emulator';
import type { Core } from '../../../emulator/core';
import type { Watcher } from '../../../emulator/watch';
import type { Ran } from '../lab';
import { run } from '../run';
import { reachedIn } from './reached';

const root = join(__dirname, '..', '..', '..');
const typescript = join(root, 'lib', 'typescript.js');
const plain = 'aws-cdk/bin/cdk';
const account = '000000000000';

/** How a run ended, and what it has asked the emulator: `cloudformation DescribeStacks`. */
export type Asked = Ran & { calls: string[] };

/** A front end of the CDK in a folder of its own, and an emulator that it alone talks to. */
export interface FrontEnd {
  /** Folder of an app that `apps.ts` has synthesised. */
  app: (name: string) => string;
  /** Runs the front end to its end. */
  cdk: (...words: string[]) => Promise<Asked>;
  /** `deploy` of one of the apps. */
  deploy: (app: string, ...words: string[]) => Promise<Asked>;
  /** A file that it has written into its folder. */
  written: (file: string) => unknown;
  /** Folders of the services that it has driven, itself or by CloudFormation, since the last time. */
  reached: () => string[];
  /** Every resource of the account, `AWS::SQS::Queue orders`. */
  resources: () => string[];
  client: <C>(Client: new (configuration: never) => C, region?: string) => C;
  /** What a process needs to reach this emulator and no other. */
  environment: NodeJS.ProcessEnv;
  close: () => Promise<void>;
}

interface Wanted {
  /** Names in `apps.ts`, or another front end that has them already. */
  apps: string[] | FrontEnd;
  /** A script below `node_modules`. */
  program?: string;
}

/** Starts an emulator for a front end, and synthesises the apps. */
export async function frontEnd({ apps, program = plain }: Wanted): Promise<FrontEnd> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dop-labs-cdk-')));
  const emulator = createEmulator();
  const endpoint = `http://127.0.0.1:${await emulator.listen(0)}`;
  const environment = environmentOf(folder, endpoint);
  const node = (...words: string[]) =>
    run(process.execPath, words, { env: environment, cwd: folder });
  const cdk = async (...words: string[]) => {
    const calls = recorded(emulator.core);
    const ran = await node(join(root, 'node_modules', program), ...words, '--no-notices');
    return { ...ran, calls: calls() };
  };
  const app = (name: string) => join(folder, 'apps', name);
  if (Array.isArray(apps)) await synthesise(apps);
  else cpSync(apps.app(''), app(''), { recursive: true });
  return {
    environment,
    app,
    cdk,
    deploy: (name, ...words) =>
      cdk('deploy', '--app', app(name), '--require-approval=never', ...words),
    reached: reachedIn(emulator.core),
    resources: () => resourcesIn(emulator.core),
    written: (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown,
    client: (Client, region = 'us-east-1') =>
      new Client({ endpoint, region, credentials, maxAttempts: 1 } as never),
    async close() {
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };

  async function synthesise(names: string[]): Promise<void> {
    const words = ['-r', typescript, join(__dirname, 'apps.ts'), app(''), ...names];
    const { code, stderr } = await node(...words);
    if (code !== 0) throw new Error(`the apps were not synthesised: ${stderr}`);
  }
}

const resourcesIn = ({ feed }: Core): string[] =>
  feed
    .resourcesOf(account, 'us-east-1')
    .all()
    .map(({ type, id }) => `${type} ${id}`)
    .toSorted();

const credentials = { accessKeyId: account, secretAccessKey: 'test' };

const environmentOf = (folder: string, endpoint: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: folder,
  CDK_HOME: folder,
  CI: 'true',
  NO_COLOR: '1',
  AWS_ENDPOINT_URL: endpoint,
  AWS_ENDPOINT_URL_S3: endpoint,
  AWS_ACCESS_KEY_ID: account,
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  CDK_DISABLE_VERSION_CHECK: '1',
  CDK_DISABLE_CLI_TELEMETRY: 'true',
  CDK_VALIDATION: 'false',
});

/** The calls that come in over HTTP, without those of services among themselves. */
function recorded({ watchers }: Core): () => string[] {
  const calls: string[] = [];
  const watch: Watcher = (happening) => {
    if (happening.kind === 'call' && !happening.isInside)
      calls.push(`${happening.service} ${happening.operation}`);
  };
  watchers.add(watch);
  return () => {
    watchers.delete(watch);
    return calls;
  };
}
