import { LearnerError } from '../errors';
import { linkPackages } from '../home';
import type { Target } from '../targets/target';
import { childEnvironment } from './environment';
import type {
  DeployFailure,
  DeployMessage,
  DeployRequest,
  Job,
  StackProgress,
  SynthRequest,
} from './messages';
import { type DeployerLine, endedEarly, reachDeployer } from './reach';

/** A child process that deploys to one target; it answers one request at a time and stays warm. */
export interface Deployer {
  deploy(request: DeployRequest, onProgress?: (progress: StackProgress) => void): Promise<Outputs>;
  /** The template that a stack would be deployed with. */
  synthesise(request: SynthRequest): Promise<unknown>;
  /** Ends what it is doing; when it does nothing, the emulator's waits for the next command. */
  close(): void;
}

type Outputs = Record<string, string>;

/**
 * Reaches for a deployer. The CDK reads its endpoint from the environment at each call, so that two
 * targets in one process would land on one; a process each cannot.
 */
export function createDeployer(target: Target): Deployer {
  linkPackages();
  const deployer = reachDeployer(target);
  // A deployer that ends early says so through the request that it never answered.
  deployer.line.catch(() => undefined);
  let isIdle = true;

  async function ask(job: Job, onProgress?: (progress: StackProgress) => void): Promise<unknown> {
    const line = await deployer.line;
    isIdle = false;
    line.tell({ ...job, environment: childEnvironment(target) });
    const answered = await answerOf(line, onProgress);
    isIdle = true;
    if (answered.type === 'failed') throw learnerError(answered.failure, job.request, target);
    return answered.type === 'deployed' ? answered.outputs : answered.template;
  }

  return {
    async deploy(request, onProgress) {
      const since = target.clock.now().getTime();
      return (await ask({ type: 'deploy', request, since }, onProgress)) as Outputs;
    },
    synthesise: (request) => ask({ type: 'synthesise', request }),
    close: () => deployer.close(isIdle),
  };
}

// --- internal ---

type Answered = Extract<DeployMessage, { type: 'deployed' | 'synthesised' | 'failed' }>;

const answerOf = (line: DeployerLine, onProgress?: (progress: StackProgress) => void) =>
  new Promise<Answered>((done, failed) => {
    line.hear((message) => {
      if (message.type === 'progress') onProgress?.(message.progress);
      else done(message as Answered);
    });
    void line.ended.then(() => failed(endedEarly()));
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
