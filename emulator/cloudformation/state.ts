import type { StackDriftStatus } from '@aws-sdk/client-cloudformation';
import type { Callback } from './built-in/callbacks';
import type { ChangeSet } from './change-set';
import type { Stack } from './stack';

interface ExportedValue {
  stackId: string;
  name: string;
  value: string;
}

/** One run of drift detection over a stack. */
interface DriftDetection {
  stackId: string;
  status: StackDriftStatus;
  drifted: number;
  at: Date;
}

/** CloudFormation's state in one account and Region; everything is found by key, never by search. */
export interface CloudFormationState {
  /** By id, those that were deleted too. */
  stacks: Map<string, Stack>;
  /** Name → id of the stacks that exist. */
  names: Map<string, string>;
  exports: Map<string, ExportedValue>;
  /** Export name → ids of the stacks that import it. */
  imports: Map<string, Set<string>>;
  changeSets: Map<string, ChangeSet>;
  /** Ids of the stacks that an operation is at work on. */
  busy: Set<string>;
  /** What was handed out to be answered by PUT. */
  callbacks?: Map<string, Callback>;
  /** By the id that DetectStackDrift answered. */
  detections?: Map<string, DriftDetection>;
}

export const createState = (): CloudFormationState => ({
  stacks: new Map(),
  names: new Map(),
  exports: new Map(),
  imports: new Map(),
  changeSets: new Map(),
  busy: new Set(),
});
