import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Asked, type FrontEnd, frontEnd } from './front-end';
import type { ToolkitAnswer } from './toolkit';
import { warmToolkit } from './warm-toolkit';

/** The front ends of the CDK, and what of each lies below `node_modules`. */
const frontEnds = {
  cdk: 'aws-cdk/bin/cdk',
  cdklocal: 'aws-cdk-local/bin/cdklocal',
  'toolkit-lib': '@aws-cdk/toolkit-lib/package.json',
};

export type FrontEndName = keyof typeof frontEnds;

export const frontEndNames = Object.keys(frontEnds) as FrontEndName[];

export const isInstalled = (name: FrontEndName): boolean =>
  existsSync(join(__dirname, '../../../node_modules', frontEnds[name]));

/** What every front end does with an app of `apps.ts`; each throws what the front end says of it. */
export interface Driver {
  end: FrontEnd;
  deploy: (app: string) => Promise<unknown>;
  /** What the front end writes: the types of changed resources are among it. */
  diff: (app: string) => Promise<string>;
  destroy: (app: string) => Promise<unknown>;
  close: () => Promise<void>;
}

/** A front end with an emulator of its own; the apps may be those of another. */
export async function driverOf(name: FrontEndName, apps: string[] | FrontEnd): Promise<Driver> {
  if (name === 'toolkit-lib') return libraryDriver(await frontEnd({ apps }));
  return programDriver(await frontEnd({ apps, program: frontEnds[name] }));
}

function programDriver(end: FrontEnd): Driver {
  return {
    end,
    deploy: (app) => end.deploy(app).then(stdoutOf),
    diff: (app) => end.cdk('diff', '--app', end.app(app)).then(stdoutOf),
    destroy: (app) => end.cdk('destroy', '--app', end.app(app), '--force').then(stdoutOf),
    close: end.close,
  };
}

function stdoutOf({ code, stdout, stderr }: Asked): string {
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

function libraryDriver(end: FrontEnd): Driver {
  const { ask, close } = warmToolkit(end);
  return {
    end,
    deploy: (app) => ask('deploy', app).then(resultOf),
    diff: (app) => ask('diff', app).then(resultOf),
    destroy: (app) => ask('destroy', app).then(resultOf),
    async close() {
      close();
      await end.close();
    },
  };
}

function resultOf(answer: ToolkitAnswer): string {
  if ('error' in answer) throw new Error(answer.error);
  return JSON.stringify(answer.result);
}
