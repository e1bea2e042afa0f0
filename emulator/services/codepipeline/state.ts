import type {
  ActionDeclaration,
  ActionExecutionStatus,
  ActionType,
  CodePipeline,
  ErrorDetails,
  ExecutionTrigger,
  PipelineDeclaration,
  PipelineExecutionStatus,
  SourceRevisionOverride,
  StageExecutionStatus,
} from '@aws-sdk/client-codepipeline';
import type { Call } from '../../call';
import type { Handlers } from '../../service';

export interface Pipeline {
  name: string;
  arn: string;
  declaration: PipelineDeclaration;
  version: number;
  /** Declarations by version; old ones stay readable. */
  versions: Map<number, PipelineDeclaration>;
  createdAt: Date;
  updatedAt: Date;
  tags: Record<string, string>;
  /** Oldest first. */
  executions: Map<string, Execution>;
  /** Only those into stages whose transition was ever changed. */
  transitions: Map<string, Transition>;
  /** What a polling source saw last, by action name. */
  polled: Map<string, string>;
  /** Counts entries into stages, so that the latest of a stage can be told. */
  entries: number;
}

export interface Transition {
  enabled: boolean;
  reason?: string;
  changedBy: string;
  changedAt: Date;
}

export interface Execution {
  id: string;
  pipelineName: string;
  declaration: PipelineDeclaration;
  version: number;
  status: PipelineExecutionStatus;
  summary?: string;
  trigger: ExecutionTrigger;
  type: 'STANDARD' | 'ROLLBACK';
  rollbackTarget?: string;
  variables: Record<string, string>;
  overrides: SourceRevisionOverride[];
  startedAt: Date;
  updatedAt: Date;
  /** Index of the stage that it is in, or waits to enter. */
  position: number;
  isWaiting: boolean;
  stages: Map<string, StageRun>;
  /** Every run of every action, oldest first. */
  history: ActionRun[];
  artifacts: Map<string, StoredArtifact>;
  outputVariables: Map<string, Record<string, string>>;
  stop?: { isAbandoned: boolean; reason?: string };
  attempt: number;
}

export interface StageRun {
  name: string;
  status: StageExecutionStatus;
  entry: number;
  retries: { automatic: number; manual: number };
  /** When it was tried again last. */
  retriedAt?: Date;
  /** The latest run of each action that has begun. */
  actions: Map<string, ActionRun>;
}

export interface ActionRun {
  id: string;
  stage: string;
  declaration: ActionDeclaration;
  status: ActionExecutionStatus;
  startedAt: Date;
  updatedAt: Date;
  configuration: Record<string, string>;
  inputs: StoredArtifact[];
  outputs: StoredArtifact[];
  outputVariables: Record<string, string>;
  summary?: string;
  token?: string;
  updatedBy?: string;
  externalId?: string;
  externalUrl?: string;
  error?: ErrorDetails;
  /** The resource whose change may end it. */
  watch?: { type: string; ids: string[] };
  /** What its provider keeps for itself. */
  memory: Record<string, string>;
  job?: Job;
}

/** Work that somebody else does and reports on. */
export interface Job {
  id: string;
  nonce: string;
  status: 'Created' | 'Dispatched' | 'InProgress' | 'Succeeded' | 'Failed' | 'TimedOut';
  continuationToken?: string;
}

/** An artifact in the store's bucket. */
export interface StoredArtifact {
  name: string;
  bucket: string;
  key: string;
  /** Of a source: what the revision is called where it comes from. */
  revision?: { id: string; url?: string; summary?: string; createdAt?: Date };
}

export interface CodePipelineState {
  pipelines: Map<string, Pipeline>;
  customTypes: Map<string, ActionType>;
}

export const createState = (): CodePipelineState => ({
  pipelines: new Map(),
  customTypes: new Map(),
});

export type CodePipelineHandlers = Handlers<CodePipeline, CodePipelineState>;
export type CodePipelineCall = Call<CodePipelineState>;

/** Where an action runs: all that the engine and the providers hand on. */
export interface Place {
  pipeline: Pipeline;
  execution: Execution;
  call: CodePipelineCall;
}

export const isOver = ({ status }: Execution): boolean =>
  status !== 'InProgress' && status !== 'Stopping';

/** The stage that an execution is in, or waits to enter. */
export const currentStage = ({ declaration, position }: Execution) => {
  const { name = '', actions = [], onFailure = {} } = declaration.stages?.[position] ?? {};
  return { name, actions, onFailure };
};
