import type { Answer } from './app';

/** What the deployer is told. */
export interface DeployRequest {
  lab: string;
  answer: Answer;
  /** Names of the stacks to deploy, the scene first. */
  stacks: string[];
  parameters: Record<string, string>;
}

/** Asks for the template of one stack; nothing is deployed. */
export interface SynthRequest {
  lab: string;
  answer: Answer;
  template: string;
}

/** On its way to the deployer's process. */
export type Order =
  | { type: 'hello'; token: string }
  | (Job & {
      /** All variables of the process from here on: it may have been started by another command. */
      environment: NodeJS.ProcessEnv;
    });

/** What there is to do. */
export type Job =
  | {
      type: 'deploy';
      request: DeployRequest;
      /** The target's clock, in milliseconds: events before it are of earlier deployments. */
      since: number;
    }
  | { type: 'synthesise'; request: SynthRequest };

/** One line of a stack's life, as CloudFormation reports it. */
export interface StackProgress {
  stack: string;
  resource: string;
  type: string;
  status: string;
  reason?: string | undefined;
}

/** What went wrong: the learner's program, CloudFormation, or an account that lacks the CDK's bootstrap. */
export interface DeployFailure {
  kind: 'synth' | 'deploy' | 'bootstrap';
  message: string;
}

/** What the deployer tells; `ready` once the CDK is loaded, `outdated` when our own program has changed since. */
export type DeployMessage =
  | { type: 'ready' | 'outdated' }
  | { type: 'progress'; progress: StackProgress }
  | { type: 'synthesised'; template: unknown }
  | { type: 'deployed'; outputs: Record<string, string> }
  | { type: 'failed'; failure: DeployFailure };
