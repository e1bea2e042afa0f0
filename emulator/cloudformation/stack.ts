import type {
  Capability,
  OnStackFailure,
  OperationType,
  Output,
  ResourceStatus,
  StackDriftStatus,
  StackResourceDrift,
  StackStatus,
  Tag,
} from '@aws-sdk/client-cloudformation';
import type { Caller } from '../principal';
import type { Properties } from './provider';
import type { ParameterValue } from './template/parameters';

/** One resource of a stack. Records are replaced, never changed, so that a rollback can go back. */
export interface StackResource {
  logicalId: string;
  type: string;
  /** Absent while it is not there. */
  physicalId?: string;
  status: ResourceStatus;
  reason?: string;
  updatedAt: Date;
  /** Intrinsics resolved, dynamic references not: what the next update compares with. */
  properties: Properties;
  /** What the provider got, when dynamic references made a difference. */
  resolved?: Properties;
  attributes: Record<string, unknown>;
  dependsOn: string[];
  deletionPolicy: string;
  metadata?: unknown;
  /** A custom resource has asked that its attributes are not shown. */
  isSecret?: boolean;
  /** The stack's tags as the resource has them, of types that take tags. */
  stackTags?: Tag[];
  /** How CodeDeploy moves a Lambda alias to another version (UpdatePolicy). */
  aliasUpdate?: AliasUpdate | undefined;
  /** An update leaves sizes of an Auto Scaling group that the template has not changed (UpdatePolicy). */
  keepsSize?: boolean;
  /** The deployment that the update under way has begun, which a rollback then takes back. */
  deploymentId?: string;
}

/** `CodeDeployLambdaAliasUpdate` of an UpdatePolicy, resolved. */
export interface AliasUpdate {
  ApplicationName: string;
  DeploymentGroupName: string;
  BeforeAllowTrafficHook?: string;
  AfterAllowTrafficHook?: string;
}

/** What a template, its parameters and the options of one request ask a stack to be. */
export interface StackSettings {
  /** Where the body lies among the blobs. */
  template: string;
  description?: string | undefined;
  parameters: ParameterValue[];
  capabilities: Capability[];
  tags: Tag[];
  roleArn?: string | undefined;
  notificationArns: string[];
}

/** What SignalResource or a handle's address was told. */
export interface Signal {
  uniqueId: string;
  status: 'SUCCESS' | 'FAILURE';
  reason: string;
  data: string;
}

/** What a failed update goes back to. */
export interface Checkpoint {
  settings: StackSettings;
  outputs: Output[];
  imports: string[];
  resources: Map<string, StackResource>;
}

/** One deployment, deletion or rollback. */
interface StackOperation {
  id: string;
  type: OperationType;
  startedAt: Date;
}

export interface Stack {
  id: string;
  name: string;
  /** Of a nested stack: the stack that it belongs to, and the outermost one. */
  parentId?: string;
  rootId?: string;
  status: StackStatus;
  reason?: string;
  settings: StackSettings;
  createdAt: Date;
  updatedAt?: Date;
  deletedAt?: Date;
  onFailure: OnStackFailure;
  timeoutInMinutes?: number;
  /** A rollback deletes what was newly made in spite of a Retain policy. */
  retainsExceptOnCreate?: boolean;
  isProtected: boolean;
  /** Which resources updates may touch, as JSON. */
  policy?: string;
  /** The one that holds during the update under way instead. */
  updatePolicy?: string;
  outputs: Output[];
  /** Names of the exports that it imports. */
  imports: string[];
  resources: Map<string, StackResource>;
  /** What its events belong to, oldest first. */
  operations?: StackOperation[];
  /** The change set that it was last deployed with. */
  changeSetId?: string;
  /** Its change sets by name. */
  changeSets: Map<string, string>;
  checkpoint?: Checkpoint;
  /** Replaced and removed resources that wait for the clean-up. */
  leftovers: StackResource[];
  isCancelled?: boolean;
  /** Who the operation under way acts as, to go on after a restart. */
  operator?: Caller;
  /** ClientRequestToken of the operation under way. */
  token?: string;
  /** By logical id of the resource or handle that they were sent to. */
  signals?: Map<string, Signal[]>;
  /** What the last drift detection came to. */
  drift?: { status: StackDriftStatus; checkedAt: Date };
  /** What drift detection has found of each resource. */
  drifts?: Map<string, StackResourceDrift>;
  /** Time of the newest event, in milliseconds: the next one is later. */
  eventTime: number;
}

/** Whether something is being done to the stack at this moment. */
export const isBusy = ({ status }: Stack): boolean =>
  status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';

/** Whether the physical resource exists and is the stack's, as far as the stack knows. */
export const isThere = (resource: StackResource | undefined): resource is StackResource =>
  resource?.physicalId !== undefined && !isGone(resource);

/** Deleted, or left to itself. */
export const isGone = ({ status }: StackResource): boolean =>
  status === 'DELETE_COMPLETE' || status === 'DELETE_SKIPPED';
