import type {
  BucketAccelerateStatus,
  CORSRule,
  LifecycleRule,
  LoggingEnabled,
  NotificationConfiguration,
  ObjectOwnership,
  Payer,
  PublicAccessBlockConfiguration,
  S3,
  ServerSideEncryptionRule,
  StorageClass,
  WebsiteConfiguration,
} from '@aws-sdk/client-s3';
import type { Call } from '../../call';
import type { Handlers } from '../../service';

/** Headers that S3 keeps with an object and gives back as they came. */
export interface ObjectHeaders {
  CacheControl?: string;
  ContentDisposition?: string;
  ContentEncoding?: string;
  ContentLanguage?: string;
  ContentType?: string;
  Expires?: Date;
  WebsiteRedirectLocation?: string;
}

/** Checksums as the client gave them, by the member that carries each. */
export interface Checksums {
  ChecksumCRC32?: string;
  ChecksumCRC32C?: string;
  ChecksumCRC64NVME?: string;
  ChecksumSHA1?: string;
  ChecksumSHA256?: string;
}

export interface StoredObject {
  kind: 'object';
  /** `null` while the bucket is not versioned. */
  versionId: string;
  lastModified: Date;
  /** Blob references in order: one, or one a part. */
  blobs: string[];
  /** Sizes of the parts of a multipart upload. */
  partSizes?: number[];
  size: number;
  /** In quotes, as every answer carries it. */
  etag: string;
  headers: ObjectHeaders;
  metadata: Record<string, string>;
  tags: Record<string, string>;
  storageClass: StorageClass;
  checksums: Checksums;
  encryption: Encryption;
  /** Encrypted by the KMS key, where there is one. */
  dataKey?: Uint8Array;
}

export interface Encryption {
  ServerSideEncryption: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  SSEKMSKeyId?: string;
  BucketKeyEnabled?: boolean;
}

export interface DeleteMarker {
  kind: 'marker';
  versionId: string;
  lastModified: Date;
}

export type Version = StoredObject | DeleteMarker;

export interface Part {
  blob: string;
  size: number;
  etag: string;
  lastModified: Date;
  checksums: Checksums;
}

/** A multipart upload under way. */
export interface Upload {
  id: string;
  key: string;
  initiated: Date;
  checksumAlgorithm?: string;
  /** What the object will have, parts apart. */
  template: Pick<
    StoredObject,
    'headers' | 'metadata' | 'tags' | 'storageClass' | 'encryption' | 'dataKey'
  >;
  parts: Map<number, Part>;
}

export interface Bucket {
  name: string;
  accountId: string;
  region: string;
  createdAt: Date;
  /** Newest version first. */
  objects: Map<string, Version[]>;
  uploads: Map<string, Upload>;
  tags: Record<string, string>;
  encryption: ServerSideEncryptionRule[];
  versioning?: 'Enabled' | 'Suspended';
  policy?: string;
  publicAccessBlock?: PublicAccessBlockConfiguration;
  ownership?: ObjectOwnership;
  /** From here on stored and given back, without any effect. */
  accelerate?: BucketAccelerateStatus;
  cors?: CORSRule[];
  lifecycle?: LifecycleRule[];
  logging?: LoggingEnabled;
  notification?: NotificationConfiguration;
  requestPayer?: Payer;
  website?: WebsiteConfiguration;
}

export interface S3State {
  buckets: Map<string, Bucket>;
}

export type S3Call = Call<S3State>;
export type S3Handlers = Handlers<S3, S3State>;

/** An account without buckets. */
export const createState = (): S3State => ({ buckets: new Map() });
