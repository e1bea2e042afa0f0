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

/** A request on its way to the deployer's process. */
export interface DatedRequest extends DeployRequest {
  /** The target's clock, in milliseconds: events before it are of earlier deployments. */
  since: number;
}

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

/** What the deployer tells; `ready` once the CDK is loaded. */
export type DeployMessage =
  | { type: 'ready' }
  | { type: 'progress'; progress: StackProgress }
  | { type: 'synthesised'; template: unknown }
  | { type: 'deployed'; outputs: Record<string, string> }
  | { type: 'failed'; failure: DeployFailure };
