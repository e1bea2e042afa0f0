import {
  ObjectOwnership as Ownership,
  type PutBucketAclRequest,
  type ServerSideEncryptionByDefault,
} from '@aws-sdk/client-s3';
import { awsError } from '../../errors';
import { canonicalId } from './buckets';
import { errors } from './errors';
import { announce, findBucket, findObject, findVersion } from './lookup';
import type { Bucket, S3Call, S3Handlers } from './state';

const fullControl = ({ accountId }: Bucket) => {
  const Owner = { ID: canonicalId(accountId) };
  return {
    Owner,
    Grants: [
      {
        Grantee: { ...Owner, Type: 'CanonicalUser' as const },
        Permission: 'FULL_CONTROL' as const,
      },
    ],
  };
};

/** Changes a bucket and tells the feed. */
function change(
  call: S3Call,
  input: Parameters<typeof findBucket>[1],
  edit: (bucket: Bucket) => void,
) {
  const bucket = findBucket(call, input);
  edit(bucket);
  announce(call, 'UPDATE', bucket);
}

const defaultEncryption: Bucket['encryption'] = [
  { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false },
];

const ownerships = Object.values(Ownership);

function checkDefaultKey(encryption: ServerSideEncryptionByDefault | undefined): void {
  if (encryption?.KMSMasterKeyID !== undefined && encryption.SSEAlgorithm === 'AES256')
    throw awsError(
      'InvalidArgument',
      'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
      { members: { ArgumentName: 'ApplyServerSideEncryptionByDefault' } },
    );
}

/** An access control list comes as a name, as grants in headers, or as a document. */
function checkAclGiven(input: GivenAcl): void {
  const given = [
    input.ACL,
    input.AccessControlPolicy,
    input.GrantFullControl,
    input.GrantRead,
    input.GrantReadACP,
    input.GrantWrite,
    input.GrantWriteACP,
  ];
  if (given.every((each) => each === undefined))
    throw errors.MissingSecurityHeader({ MissingHeaderName: 'x-amz-acl' });
}

type GivenAcl = Omit<PutBucketAclRequest, 'ACL'> & { ACL?: string | undefined };

/** Settings that change what S3 does. */
export const settings = {
  PutBucketVersioning(input, call) {
    const { Status, MFADelete } = input.VersioningConfiguration ?? {};
    if (Status === undefined)
      throw awsError(
        'IllegalVersioningConfigurationException',
        'The Versioning element must be specified',
      );
    if (Status !== 'Enabled' && Status !== 'Suspended') throw errors.MalformedXML();
    if (MFADelete === 'Enabled') throw awsError('NotImplemented', 'MFA delete is not emulated.');
    change(call, input, (bucket) => (bucket.versioning = Status));
  },

  GetBucketVersioning(input, call) {
    const { versioning } = findBucket(call, input);
    return versioning ? { Status: versioning } : {};
  },

  PutBucketEncryption(input, call) {
    const rules = input.ServerSideEncryptionConfiguration?.Rules;
    if (rules?.length !== 1) throw errors.MalformedXML();
    checkDefaultKey(rules[0]?.ApplyServerSideEncryptionByDefault);
    change(call, input, (bucket) => (bucket.encryption = rules));
  },

  GetBucketEncryption(input, call) {
    const { encryption } = findBucket(call, input);
    return { ServerSideEncryptionConfiguration: { Rules: encryption } };
  },

  /** Since 2023 no bucket is without encryption: deleting the setting brings S3's default back. */
  DeleteBucketEncryption(input, call) {
    change(call, input, (bucket) => (bucket.encryption = defaultEncryption));
  },

  PutPublicAccessBlock(input, call) {
    const given = input.PublicAccessBlockConfiguration;
    if (!given) throw errors.MalformedXML();
    change(call, input, (bucket) => {
      bucket.publicAccessBlock = {
        BlockPublicAcls: given.BlockPublicAcls ?? false,
        IgnorePublicAcls: given.IgnorePublicAcls ?? false,
        BlockPublicPolicy: given.BlockPublicPolicy ?? false,
        RestrictPublicBuckets: given.RestrictPublicBuckets ?? false,
      };
    });
  },

  GetPublicAccessBlock(input, call) {
    const { name, publicAccessBlock } = findBucket(call, input);
    if (!publicAccessBlock) throw errors.NoSuchPublicAccessBlockConfiguration({ BucketName: name });
    return { PublicAccessBlockConfiguration: publicAccessBlock };
  },

  DeletePublicAccessBlock(input, call) {
    change(call, input, (bucket) => delete bucket.publicAccessBlock);
  },

  PutBucketOwnershipControls(input, call) {
    const [rule, ...others] = input.OwnershipControls?.Rules ?? [];
    const { ObjectOwnership } = rule ?? {};
    if (others.length || !ObjectOwnership || !ownerships.includes(ObjectOwnership))
      throw errors.MalformedXML();
    change(call, input, (bucket) => (bucket.ownership = ObjectOwnership));
  },

  GetBucketOwnershipControls(input, call) {
    const { name, ownership } = findBucket(call, input);
    if (!ownership) throw errors.OwnershipControlsNotFoundError({ BucketName: name });
    return { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } };
  },

  DeleteBucketOwnershipControls(input, call) {
    change(call, input, (bucket) => delete bucket.ownership);
  },

  /** ACLs beyond the owner's own are not emulated: new buckets on AWS have them switched off. */
  PutBucketAcl(input, call) {
    findBucket(call, input);
    checkAclGiven(input);
    if (input.ACL !== 'private') throw errors.AccessControlListNotSupported();
  },

  GetBucketAcl: (input, call) => fullControl(findBucket(call, input)),

  PutObjectAcl(input, call) {
    const bucket = findBucket(call, input);
    if (findVersion(bucket, input).kind === 'marker')
      throw errors.MethodNotAllowed({ Method: 'PUT', ResourceType: 'DeleteMarker' });
    checkAclGiven(input);
    if (input.ACL !== 'private' && input.ACL !== 'bucket-owner-full-control') {
      throw errors.AccessControlListNotSupported();
    }
  },

  GetObjectAcl(input, call) {
    const bucket = findBucket(call, input);
    findObject(bucket, input);
    return fullControl(bucket);
  },
} satisfies S3Handlers;
