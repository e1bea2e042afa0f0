import type {
  GrantConstraints,
  GrantOperation,
  KeySpec,
  KeyUsageType,
  KMS,
} from '@aws-sdk/client-kms';
import type { Call } from '../../call';
import type { Handlers } from '../../service';

/** One of the secrets that a symmetric key has had; the newest encrypts, all decrypt. */
export interface Material {
  /** 64 hexadecimal digits. */
  id: string;
  secret: Uint8Array;
  /** How it came to replace the one before. */
  rotation?: { at: Date; type: 'AUTOMATIC' | 'ON_DEMAND' };
}

export interface Grant {
  id: string;
  token: string;
  name?: string | undefined;
  createdAt: Date;
  grantee: Party;
  retiring?: Party | undefined;
  issuingAccount: string;
  operations: GrantOperation[];
  constraints?: GrantConstraints | undefined;
}

/** An ARN or an account, or a service principal. */
export interface Party {
  type: 'AWS' | 'Service';
  principal: string;
}

export interface Key {
  id: string;
  arn: string;
  accountId: string;
  createdAt: Date;
  description: string;
  usage: KeyUsageType;
  spec: KeySpec;
  state: 'Enabled' | 'Disabled' | 'PendingDeletion';
  deletionDate?: Date | undefined;
  manager: 'CUSTOMER' | 'AWS';
  policy: string;
  tags: Record<string, string>;
  /** Of symmetric and HMAC keys, oldest first. */
  materials: Material[];
  /** Of asymmetric keys: PKCS #8 and SPKI in DER. */
  pair?: { privateKey: Uint8Array; publicKey: Uint8Array } | undefined;
  /** While automatic rotation is on. */
  rotation?: { periodInDays: number; next: Date } | undefined;
  grants: Map<string, Grant>;
}

export interface Alias {
  /** `alias/…` */
  name: string;
  keyId: string;
  createdAt: Date;
  updatedAt: Date;
}

/** Keys by id and aliases by name, of one account and Region. */
export interface KmsState {
  keys: Map<string, Key>;
  aliases: Map<string, Alias>;
}

export const createState = (): KmsState => ({ keys: new Map(), aliases: new Map() });

export type KmsHandlers = Handlers<KMS, KmsState>;
export type KmsCall = Call<KmsState>;
