import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LearnerError } from '../errors';
import { labFile, linkPackages, projectRoot } from '../home';
import type { Target } from '../targets/target';
import { childEnvironment } from './environment';
import type {
  DatedRequest,
  DeployFailure,
  DeployMessage,
  DeployRequest,
  StackProgress,
  SynthRequest,
} from './messages';

/** A child process that deploys to one target; it answers one request at a time and stays warm. */
export interface Deployer {
  deploy(request: DeployRequest, onProgress?: (progress: StackProgress) => void): Promise<Outputs>;
  /** The template that a stack would be deployed with. */
  synthesise(request: SynthRequest): Promise<unknown>;
  close(): void;
}

type Outputs = Record<string, string>;

/**
 * Spawns a deployer. The CDK reads its endpoint from the environment at each call, so that two
 * targets in one process would land on one; a process each cannot.
 */
export function createDeployer(target: Target): Deployer {
  linkPackages();
  mkdirSync(labFile('cdk'), { recursive: true });
  const child = fork(join(__dirname, 'child.ts'), [], {
    cwd: projectRoot,
    execArgv: ['-r', join(__dirname, '..', 'typescript.js')],
    env: childEnvironment(target),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const errors: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const ready = firstMessage(child, errors);
  // A deployer that ends early says so through the request that it never answered.
  ready.catch(() => undefined);
  return {
    async deploy(request, onProgress = () => undefined) {
      await ready;
      const dated = { ...request, since: target.clock.now().getTime() };
      return (await answer(child, { request: dated, target, onProgress, errors })) as Outputs;
    },
    async synthesise(request) {
      await ready;
      return await answer(child, { request, target, onProgress: () => undefined, errors });
    },
    close: () => void child.kill('SIGTERM'),
  };
}

interface Conversation {
  request: DatedRequest | SynthRequest;
  target: Target;
  onProgress: (progress: StackProgress) => void;
  errors: string[];
}

const firstMessage = (child: ChildProcess, errors: string[]): Promise<void> =>
  new Promise((done, failed) => {
    child.once('message', () => done());
    child.once('exit', () => failed(new Error(`the deployer ended early: ${errors.join('')}`)));
  });

const answer = (child: ChildProcess, { request, target, onProgress, errors }: Conversation) =>
  new Promise<unknown>((done, failed) => {
    const settle = () => {
      child.off('message', listen);
      child.off('exit', ended);
    };
    const ended = () => failed(new Error(`the deployer ended early: ${errors.join('')}`));
    const listen = (message: DeployMessage) => {
      if (message.type === 'progress') return onProgress(message.progress);
      if (message.type === 'deployed') done(message.outputs);
      if (message.type === 'synthesised') done(message.template);
      if (message.type === 'failed') failed(learnerError(message.failure, request, target));
      return settle();
    };
    child.on('message', listen);
    child.once('exit', ended);
    child.send(request);
  });

function learnerError(
  failure: DeployFailure,
  { lab }: { lab: string },
  target: Target,
): LearnerError {
  switch (failure.kind) {
    case 'synth':
      return new LearnerError('STACK_DOES_NOT_SYNTHESISE', [failure.message, lab]);
    case 'bootstrap':
      return new LearnerError('NOT_BOOTSTRAPPED', [target.accountId, target.connection.region]);
    case 'deploy':
      return new LearnerError('STACK_NOT_DEPLOYED', [failure.message, lab]);
  }
}
