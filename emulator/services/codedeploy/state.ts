import type {
  AlarmConfiguration,
  AutoRollbackConfiguration,
  CodeDeploy,
  ComputePlatform,
  DeploymentConfigInfo,
  DeploymentCreator,
  DeploymentGroupInfo,
  DeploymentStatus,
  ErrorCode,
  LifecycleEventStatus,
  RevisionLocation,
} from '@aws-sdk/client-codedeploy';
import type { Call } from '../../call';
import type { Handlers } from '../../service';
import type { AppSpec } from './app-spec';

export interface Application {
  name: string;
  id: string;
  platform: ComputePlatform;
  createdAt: Date;
  tags: Record<string, string>;
  groups: Map<string, Group>;
  revisions: Revision[];
}

export interface Revision {
  location: RevisionLocation;
  description: string | undefined;
  registeredAt: Date;
  firstUsedAt?: Date;
  lastUsedAt?: Date;
}

/** A deployment group as the API shows it, with its tags and the deployment that runs now. */
export interface Group {
  info: DeploymentGroupInfo & {
    applicationName: string;
    deploymentGroupName: string;
    deploymentConfigName: string;
    serviceRoleArn: string;
  };
  tags: Record<string, string>;
  running?: string;
}

export const lifecycleEvents = ['BeforeAllowTraffic', 'AllowTraffic', 'AfterAllowTraffic'] as const;

export type LifecycleEventName = (typeof lifecycleEvents)[number];

export interface LifecycleStep {
  status: LifecycleEventStatus;
  startedAt?: Date;
  endedAt?: Date;
  /** Set while a hook function has to report. */
  hookExecutionId?: string;
  message?: string;
}

/** One deployment to a Lambda alias; what it does next lies in a timer or in a hook's report. */
export interface Deployment {
  id: string;
  applicationName: string;
  groupName: string;
  configName: string;
  description: string | undefined;
  creator: DeploymentCreator;
  externalId?: string;
  revision: RevisionLocation;
  previousRevision?: RevisionLocation | undefined;
  spec: AppSpec;
  status: DeploymentStatus;
  createdAt: Date;
  startedAt?: Date;
  completedAt?: Date;
  error?: { code: ErrorCode; message: string };
  autoRollback: AutoRollbackConfiguration | undefined;
  overrideAlarms: AlarmConfiguration | undefined;
  steps: Record<LifecycleEventName, LifecycleStep>;
  /** Share of the calls that the new version answers, 0 to 1. */
  weight: number;
  updatedAt: Date;
  /** Ids of hook executions that have been reported. */
  reported: string[];
  rollback: {
    rollbackDeploymentId?: string;
    rollbackTriggeringDeploymentId?: string;
    rollbackMessage?: string;
  };
}

export interface CodeDeployState {
  applications: Map<string, Application>;
  configs: Map<string, DeploymentConfigInfo & { deploymentConfigName: string }>;
  deployments: Map<string, Deployment>;
}

export const createState = (): CodeDeployState => ({
  applications: new Map(),
  configs: new Map(),
  deployments: new Map(),
});

export type CodeDeployHandlers = Handlers<CodeDeploy, CodeDeployState>;
export type CodeDeployCall = Call<CodeDeployState>;
