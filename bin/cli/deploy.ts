import { connect } from '../../checker/connect';
import { sceneStack, workStack, type Answer } from '../../lib/deploy/app';
import { compileWork } from '../../lib/deploy/compile';
import { createDeployer, type Deployer } from '../../lib/deploy/deployer';
import type { StackProgress } from '../../lib/deploy/messages';
import { findStack, recoverStack } from '../../lib/deploy/stacks';
import { LearnerError } from '../../lib/errors';
import type { Terminal } from '../../lib/terminal';
import { deliverFiles, installFiles } from './answer-files';
import { interruptible } from './interrupt';
import { blameLostEmulator } from './lost';
import type { Session } from './session';

export interface Deployment {
  /** The command that deploys, for messages: `start`. */
  command: string;
  answer: Answer;
  /** True when the learner's own files are deployed and must compile first. */
  compile?: boolean;
  /** The scene with its parameters, deployed before the work stack; without it only the latter is. */
  scene?: { parameters: Record<string, string>; prepare: boolean };
  /** Done before anything is deployed; false leaves it at that. */
  first?: (deployer: Deployer) => Promise<boolean>;
}

/** The scene and the work stack, in the order in which they are deployed. */
export const bothStacks = ({ folder }: Session): string[] => [
  sceneStack(folder),
  workStack(folder),
];

export async function requireStarted({ folder, clients, target }: Session): Promise<void> {
  if (await findStack(clients.cloudformation, sceneStack(folder))) return;
  throw new LearnerError('LAB_NOT_STARTED', [folder.short, target.name]);
}

/** Deploys a lab: compiles and recovers while the CDK is loading, and tidies up after Ctrl-C. */
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
    await blameLostEmulator(session, `${deployment.command} ${short}`);
    throw error;
  } finally {
    deployer.close();
  }
}

async function carryOut(session: Session, deployment: Deployment, deployer: Deployer) {
  const { terminal, short, folder } = session;
  const { answer, compile, scene, first } = deployment;
  if (first && !(await first(deployer))) return;
  const make = (stack: string, parameters: Record<string, string>) => {
    terminal.progress(`deploying ${stack}`);
    return deployer.deploy({ lab: short, answer, stacks: [stack], parameters }, (progress) =>
      tell(progress, terminal),
    );
  };
  await Promise.all([
    compile && compileWork(short, terminal.colours),
    recover(session, deployment),
  ]);
  if (scene) await make(sceneStack(folder), scene.parameters);
  const isNew = scene?.prepare === true;
  // The work stack comes after: what it sets on the scene's things must stay.
  if (isNew) await prepare(session, answer);
  await make(workStack(folder), {});
  if (!isNew) await deliverFiles(session, answer);
}

async function prepare(session: Session, answer: Answer): Promise<void> {
  const { lab, target, short, terminal } = session;
  if (lab.prepare) {
    terminal.progress('preparing the scene');
    await lab.prepare(await connect(target, short));
  }
  await installFiles(session, answer);
}

async function recover(session: Session, { scene }: Deployment): Promise<void> {
  const { clients, terminal, folder } = session;
  // The work stack imports from the scene, so it goes first.
  for (const stack of [workStack(folder), ...(scene ? [sceneStack(folder)] : [])]) {
    const done = await recoverStack(clients.cloudformation, stack);
    if (done) terminal.note(done);
  }
}

/** What has begun is news only until it ends; the end is what stays on a terminal. */
function tell({ stack, resource, type, status }: StackProgress, terminal: Terminal): void {
  if (status.endsWith('_IN_PROGRESS') && type !== 'AWS::CloudFormation::Stack') return;
  terminal.progress(`${stack}  ${status}  ${resource} (${type})`);
}
