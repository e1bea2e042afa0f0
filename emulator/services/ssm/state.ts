import type {
  AutomationExecutionStatus,
  DocumentFormat,
  DocumentType,
  ParameterTier,
  ParameterType,
  SSM,
} from '@aws-sdk/client-ssm';
import type { Handlers } from '../../service';
import type { Principal } from '../../principal';
import type { StoredOpsItem } from './ops-items/store';

/** One version of a parameter; the newest is the last of its list. */
export interface ParameterVersion {
  version: number;
  /** Empty where it is sealed. */
  value: string;
  /** A secure string as KMS encrypted it. */
  sealed?: Uint8Array;
  type: ParameterType;
  tier: ParameterTier;
  dataType: string;
  description?: string | undefined;
  allowedPattern?: string | undefined;
  keyId?: string | undefined;
  labels: string[];
  modifiedAt: Date;
  modifiedBy: string;
}

export interface StoredParameter {
  name: string;
  tags: Record<string, string>;
  versions: ParameterVersion[];
}

export interface DocumentVersion {
  version: string;
  name?: string | undefined;
  content: string;
  format: DocumentFormat;
  createdAt: Date;
}

export interface StoredDocument {
  name: string;
  type: DocumentType;
  /** Account id, or `Amazon` for AWS's own. */
  owner: string;
  displayName?: string | undefined;
  targetType?: string | undefined;
  tags: Record<string, string>;
  versions: DocumentVersion[];
  defaultVersion: string;
  createdAt: Date;
}

/** One step of an execution, as far as it has come. */
export interface StepRecord {
  id: string;
  name: string;
  action: string;
  status: AutomationExecutionStatus;
  attempts: number;
  inputs: Record<string, string>;
  /** Typed values, as later steps refer to them. */
  outputs: Record<string, unknown>;
  startedAt?: Date;
  endedAt?: Date;
  failureMessage?: string;
  /** When a waiting step looks again. */
  wakeAt?: Date;
}

/** An automation as data: it goes on from here after a wait, or after a restart in a wait. */
export interface Execution {
  id: string;
  document: string;
  version: string;
  /** Kept here, because the document may change or go while the automation runs. */
  content: string;
  format: DocumentFormat;
  parameters: Record<string, string[]>;
  tags: Record<string, string>;
  role: string | undefined;
  starter: Principal;
  mode: 'Auto';
  status: AutomationExecutionStatus;
  startedAt: Date;
  endedAt?: Date;
  failureMessage?: string;
  outputs: Record<string, string[]>;
  steps: StepRecord[];
  /** Name of the step that runs or comes next; none when the automation is over. */
  next: string | undefined;
  /** The worst that a critical step has come to, kept while other steps still run. */
  verdict: AutomationExecutionStatus;
  timer?: string | undefined;
}

export interface SsmState {
  parameters: Map<string, StoredParameter>;
  documents: Map<string, StoredDocument>;
  executions: Map<string, Execution>;
  opsItems?: Map<string, StoredOpsItem>;
}

export type SsmHandlers = Handlers<SSM, SsmState>;

export const createState = (): SsmState => ({
  parameters: new Map(),
  documents: new Map(),
  executions: new Map(),
  opsItems: new Map(),
});
