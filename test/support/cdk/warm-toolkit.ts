import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { FrontEnd } from './front-end';
import type { ToolkitAnswer, ToolkitRequest } from './toolkit';

/** A process of toolkit-lib that stays warm from one action to the next. */
export interface WarmToolkit {
  /** One action on an app of `apps.ts`. */
  ask: (
    action: ToolkitRequest['action'],
    app: string,
    options?: Partial<ToolkitRequest>,
  ) => Promise<ToolkitAnswer>;
  close: () => void;
}

/** Starts toolkit-lib where a front end's emulator and its apps are. */
export function warmToolkit({ app, environment }: FrontEnd): WarmToolkit {
  const child = fork(join(__dirname, 'toolkit.ts'), [], {
    execArgv: ['-r', join(__dirname, '../../../lib/typescript.js')],
    env: environment,
  });
  return {
    async ask(action, name, options = {}) {
      child.send({ action, app: app(name), ...options } satisfies ToolkitRequest);
      const [answer] = (await once(child, 'message')) as [ToolkitAnswer];
      return answer;
    },
    close: () => void child.kill(),
  };
}
