import type {
  ChangeSetStatus,
  ChangeSetType,
  ExecutionStatus,
  OnStackFailure,
  ResourceChange,
} from '@aws-sdk/client-cloudformation';
import type { StackSettings } from './stack';

export interface ChangeSet {
  id: string;
  name: string;
  stackId: string;
  type: ChangeSetType;
  description?: string | undefined;
  settings: StackSettings;
  status: ChangeSetStatus;
  executionStatus: ExecutionStatus;
  reason?: string;
  createdAt: Date;
  onStackFailure?: OnStackFailure | undefined;
  /** With property values, which DescribeChangeSet shows only when asked to. */
  changes: ResourceChange[];
}
