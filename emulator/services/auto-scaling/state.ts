import type {
  AutoScaling,
  LifecycleState,
  ScalingActivityStatusCode,
  StepAdjustment,
  TargetTrackingConfiguration,
} from '@aws-sdk/client-auto-scaling';
import type { Call } from '../../call';
import type { Handlers } from '../../service';

export type Transition =
  'autoscaling:EC2_INSTANCE_LAUNCHING' | 'autoscaling:EC2_INSTANCE_TERMINATING';

export interface Hook {
  name: string;
  transition: Transition;
  /** Seconds. */
  heartbeat: number;
  defaultResult: 'CONTINUE' | 'ABANDON';
  targetArn?: string;
  roleArn?: string;
  metadata?: string;
}

/** A hook that an instance waits for. */
interface Action {
  hook: string;
  token: string;
  /** When the default result is taken, unless a heartbeat puts it off. */
  deadline: Date;
  /** No heartbeat puts it off beyond. */
  latest: Date;
}

export interface Member {
  id: string;
  zone: string;
  subnetId: string;
  imageId: string;
  instanceType: string;
  templateVersion: string;
  launchedAt: Date;
  lifecycle: LifecycleState;
  isHealthy: boolean;
  isProtected: boolean;
  inServiceAt?: Date;
  action?: Action;
  /** Hooks that it is still to wait for, by name. */
  hooksLeft: string[];
  /** The activity that it is the subject of. */
  activityId: string;
  /** Why it is to go, a sentence for the activity. */
  leaving?: string;
}

export interface Activity {
  id: string;
  description: string;
  cause: string;
  startedAt: Date;
  endedAt?: Date;
  status: ScalingActivityStatusCode;
  message?: string;
  details: { 'Subnet ID'?: string; 'Availability Zone': string };
}

export interface Policy {
  name: string;
  arn: string;
  type: 'SimpleScaling' | 'StepScaling' | 'TargetTrackingScaling';
  isEnabled: boolean;
  adjustmentType?: 'ChangeInCapacity' | 'ExactCapacity' | 'PercentChangeInCapacity';
  minMagnitude?: number;
  adjustment?: number;
  /** Seconds. */
  cooldown?: number;
  /** Seconds. */
  warmup?: number;
  aggregation?: string;
  steps?: StepAdjustment[];
  target?: TargetTrackingConfiguration;
  /** Alarms that target tracking made for itself. */
  alarms: { name: string; arn: string }[];
}

export interface Template {
  id: string;
  name: string;
  version: string;
}

export interface Group {
  name: string;
  arn: string;
  createdAt: Date;
  min: number;
  max: number;
  desired: number;
  template: Template;
  zones: string[];
  subnetIds: string[];
  /** Seconds. */
  cooldown: number;
  /** Seconds. */
  warmup?: number;
  healthCheckType: string;
  /** Seconds. */
  gracePeriod: number;
  terminationPolicies: string[];
  protectsNew: boolean;
  /** Suspended processes with the reason. */
  suspended: Map<string, string>;
  tags: Map<string, { value: string; isPropagated: boolean }>;
  members: Map<string, Member>;
  hooks: Map<string, Hook>;
  policies: Map<string, Policy>;
  /** Newest first. */
  activities: Activity[];
  /** Why the capacity is as it is, a sentence for the next activities. */
  reason: string;
  /** When the cooldown after the last scaling ends. */
  coolUntil?: Date;
  isDeleting: boolean;
  /** The last launch failed; another one is tried when something about the group changes. */
  isStuck: boolean;
}

export interface AutoScalingState {
  groups: Map<string, Group>;
}

export type AutoScalingCall = Call<AutoScalingState>;
export type AutoScalingHandlers = Handlers<AutoScaling, AutoScalingState>;

export const createState = (): AutoScalingState => ({ groups: new Map() });

/** The CloudFormation type by which the feed knows groups. */
export const groupType = 'AWS::AutoScaling::AutoScalingGroup';

/** Tells the feed, and with it the service's own listener, that something about a group changed. */
export const changed = (call: AutoScalingCall, group: Group): void =>
  call.announce({ kind: 'UPDATE', type: groupType, id: group.name });
