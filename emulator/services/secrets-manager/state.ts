import type { RotationRulesType, SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { Call } from '../../call';
import type { Enveloped } from '../../data-key';
import type { Handlers } from '../../service';

/** One value of a secret; one that is about to be rotated in has none yet. */
export interface Version {
  id: string;
  createdAt: Date;
  /** `AWSCURRENT`, `AWSPENDING`, `AWSPREVIOUS`, or labels of the user's own. */
  stages: Set<string>;
  value?: { kind: 'string' | 'binary'; sealed: Enveloped; digest: string } | undefined;
  accessedAt?: Date | undefined;
}

interface Rotation {
  isEnabled: boolean;
  functionArn: string;
  rules: RotationRulesType;
  lastAt?: Date | undefined;
  nextAt?: Date | undefined;
}

export interface Secret {
  name: string;
  arn: string;
  description?: string | undefined;
  /** As it was given; absent for the AWS managed key. */
  kmsKeyId?: string | undefined;
  createdAt: Date;
  changedAt: Date;
  accessedAt?: Date | undefined;
  /** When its deletion was asked for, and when it will be done. */
  deletedAt?: Date | undefined;
  tags: Record<string, string>;
  policy?: string | undefined;
  rotation?: Rotation | undefined;
  /** By id, oldest first. */
  versions: Map<string, Version>;
}

/** Secrets of one account and Region by name. */
export interface SecretsState {
  secrets: Map<string, Secret>;
}

export const createState = (): SecretsState => ({ secrets: new Map() });

export type SecretsHandlers = Handlers<SecretsManager, SecretsState>;
export type SecretsCall = Call<SecretsState>;
