import { connect } from '../../checker/connect';
import { sceneStack, workStack, type Answer } from '../../lib/deploy/app';
import { compileWork } from '../../lib/deploy/compile';
import { createDeployer, type Deployer } from '../../lib/deploy/deployer';
import type { StackProgress } from '../../lib/deploy/messages';
import { recoverStack } from '../../lib/deploy/stacks';
import { LearnerError } from '../../lib/errors';
import type { Terminal } from '../../lib/terminal';
import { interruptible } from './interrupt';
import { blameLostEmulator } from './lost';
import type { Session } from './session';

interface Deployment {
  answer: Answer;
  /** True when the learner's own files are deployed and must compile first. */
  compile: boolean;
  stacks: string[];
}

/** The scene and a work stack, in that order. */
export const bothStacks = ({ folder }: Session): string[] => [
  sceneStack(folder),
  workStack(folder),
];

/** Deploys stacks of a lab: compiles and recovers while the CDK is loading, and tidies up after Ctrl-C. */
export async function deploy(session: Session, deployment: Deployment): Promise<void> {
  const { target, short } = session;
  const deployer = createDeployer(target);
  let stop: (error: LearnerError) => void = () => undefined;
  const stopped = new Promise<never>((_, failed) => {
    stop = failed;
  });
  try {
    await interruptible(Promise.race([stopped, carryOut(session, deployment, deployer)]), () =>
      stop(new LearnerError('INTERRUPTED', ['the deployment', short])),
    );
  } catch (error) {
    await blameLostEmulator(session, `start ${short}`);
    throw error;
  } finally {
    deployer.close();
  }
}

/** Runs the lab's own hand on the scene, once its stacks are there. */
export async function prepare({ lab, target, short, terminal }: Session): Promise<void> {
  if (!lab.prepare) return;
  terminal.progress('preparing the scene');
  await lab.prepare(await connect(target, short));
}

async function carryOut(session: Session, deployment: Deployment, deployer: Deployer) {
  const { terminal, short } = session;
  const { answer, compile, stacks } = deployment;
  terminal.progress(`deploying ${stacks.join(' and ')}`);
  await Promise.all([
    compile ? compileWork(short, terminal.colours) : undefined,
    recover(session, stacks),
  ]);
  await deployer.deploy({ lab: short, answer, stacks, parameters: {} }, (progress) =>
    tell(progress, terminal),
  );
}

async function recover({ clients, terminal }: Session, stacks: string[]): Promise<void> {
  // The work stack imports from the scene, so it goes first.
  for (const stack of stacks.toReversed()) {
    const done = await recoverStack(clients.cloudformation, stack);
    if (done) terminal.note(done);
  }
}

function tell({ stack, resource, type, status, reason }: StackProgress, terminal: Terminal): void {
  const line = `${stack}  ${status}  ${resource} (${type})`;
  if (status.includes('FAILED') && reason) terminal.note(`${line}: ${reason}`);
  else terminal.progress(line);
}
