import type {
  ComplianceType,
  ConfigRule,
  ConfigService,
  ConfigurationItemStatus,
  ConfigurationRecorder,
  DeliveryChannel,
  RemediationConfiguration,
  RemediationExecutionState,
} from '@aws-sdk/client-config-service';
import type { Call } from '../../call';
import type { Handlers } from '../../service';

export interface Recorder {
  configuration: ConfigurationRecorder & { name: string; arn: string };
  tags: Record<string, string>;
  recording: boolean;
  lastStartTime?: Date;
  lastStopTime?: Date;
}

/** What Config knew of a resource at one moment. */
export interface Item {
  type: string;
  id: string;
  name?: string | undefined;
  arn: string;
  status: ConfigurationItemStatus;
  capturedAt: Date;
  createdAt?: Date | undefined;
  stateId: string;
  tags: Record<string, string>;
  /** Properties in the shape of the CloudFormation type, as the resource view gives them. */
  configuration: Record<string, unknown>;
}

/** What a rule thinks of one resource. */
export interface Evaluation {
  type: string;
  id: string;
  compliance: ComplianceType;
  orderingTimestamp: Date;
  recordedAt: Date;
  invokedAt: Date;
  annotation?: string | undefined;
}

export interface Rule {
  configuration: ConfigRule & {
    ConfigRuleName: string;
    ConfigRuleArn: string;
    ConfigRuleId: string;
  };
  tags: Record<string, string>;
  activatedAt: Date;
  invokedAt?: Date;
  /** By `resourceKey`. */
  results: Map<string, Evaluation>;
  timer?: string | undefined;
}

/** The remediation of one resource under one rule, as far as it has come. */
export interface RemediationExecution {
  rule: string;
  type: string;
  id: string;
  automatic: boolean;
  state: RemediationExecutionState;
  invokedAt: Date;
  updatedAt: Date;
  /** Tries since the resource was last compliant. */
  attempts: number;
  automationId?: string | undefined;
  /** Why no automation could be started. */
  failure?: string | undefined;
  timer?: string | undefined;
}

export interface RemediationExceptionRecord {
  rule: string;
  type: string;
  id: string;
  message?: string | undefined;
  expiresAt?: Date | undefined;
}

export interface ConfigState {
  recorder?: Recorder | undefined;
  channel?: (DeliveryChannel & { name: string }) | undefined;
  /** History by `resourceKey`, oldest first. */
  items: Map<string, Item[]>;
  rules: Map<string, Rule>;
  remediations: Map<string, RemediationConfiguration & { ConfigRuleName: string }>;
  /** By `remediationKey`. */
  executions: Map<string, RemediationExecution>;
  exceptions: Map<string, RemediationExceptionRecord>;
}

export type ConfigHandlers = Handlers<ConfigService, ConfigState>;
export type ConfigCall = Call<ConfigState>;

export const createState = (): ConfigState => ({
  items: new Map(),
  rules: new Map(),
  remediations: new Map(),
  executions: new Map(),
  exceptions: new Map(),
});

/** What identifies a resource in a history or in a rule's results. */
export const resourceKey = ({ type, id }: { type: string; id: string }): string => `${type}|${id}`;

/** What identifies a resource under a rule. */
export const remediationKey = (of: { rule: string; type: string; id: string }): string =>
  `${of.rule}|${resourceKey(of)}`;
