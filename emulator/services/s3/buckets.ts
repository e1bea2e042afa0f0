import type { CreateBucketRequest } from '@aws-sdk/client-s3';
import { isIPv4 } from 'node:net';
import { awsError } from '../../errors';
import { errors } from './errors';
import { announce, bucketAnywhere, bucketArn, findBucket } from './lookup';
import type { Bucket, S3Call, S3Handlers } from './state';
import { firstTags } from './tag-sets';

const namePattern = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const reservedName =
  /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$|\.\.|\.-|-\./;

const isValidName = (name: string) =>
  namePattern.test(name) && !reservedName.test(name) && !isIPv4(name);

const illegalConstraint = (constraint: string) =>
  awsError(
    'IllegalLocationConstraintException',
    `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );

const regionPattern = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** `EU` is the old name of eu-west-1; us-east-1 is what a bucket has without a constraint. */
function regionNamed(constraint: string): string {
  const region = constraint === 'EU' ? 'eu-west-1' : constraint;
  if (regionPattern.test(region) && region !== 'us-east-1') return region;
  throw errors.InvalidLocationConstraint({ LocationConstraint: constraint });
}

function regionOf(call: S3Call, { CreateBucketConfiguration }: CreateBucketRequest): string {
  const constraint = CreateBucketConfiguration?.LocationConstraint;
  if (call.region !== 'us-east-1' && constraint !== call.region) {
    throw illegalConstraint(constraint ?? 'unspecified');
  }
  return constraint === undefined ? 'us-east-1' : regionNamed(constraint);
}

/** A bucket with what S3 gives each new one: encryption, blocked public access, no ACLs. */
export const newBucket = (call: S3Call, name: string, region: string): Bucket => ({
  name,
  accountId: call.accountId,
  region,
  createdAt: call.now(),
  objects: new Map(),
  uploads: new Map(),
  tags: {},
  encryption: [
    {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
      BucketKeyEnabled: false,
    },
  ],
  publicAccessBlock: {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  },
  ownership: 'BucketOwnerEnforced',
});

/** The bucket that is there already: only us-east-1 lets its owner make one without tags again. */
function madeBefore(call: S3Call, name: string, tags: Bucket['tags']): Bucket | undefined {
  const taken = bucketAnywhere(call, name);
  if (!taken) return undefined;
  if (taken.accountId !== call.accountId) throw errors.BucketAlreadyExists({ BucketName: name });
  const isOfOldRegion = call.region === 'us-east-1' && taken.region === 'us-east-1';
  if (isOfOldRegion && Object.keys(tags).length === 0) return taken;
  throw errors.BucketAlreadyOwnedByYou({ BucketName: name });
}

function refuseOptions(input: CreateBucketRequest) {
  const { ACL, ObjectOwnership = 'BucketOwnerEnforced', ObjectLockEnabledForBucket } = input;
  if (ObjectLockEnabledForBucket) {
    throw awsError('NotImplemented', 'Object Lock is not emulated.');
  }
  if (ACL === undefined || ACL === 'private' || ObjectOwnership !== 'BucketOwnerEnforced') return;
  throw awsError(
    'InvalidBucketAclWithObjectOwnership',
    "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
  );
}

function emptyOrThrow({ name, versioning, objects }: Bucket) {
  if (objects.size === 0) return;
  const text = 'The bucket you tried to delete is not empty';
  throw awsError(
    'BucketNotEmpty',
    versioning ? `${text}. You must delete all versions in the bucket.` : text,
    { status: 409, members: { BucketName: name } },
  );
}

const byName = (one: Bucket, other: Bucket) => (one.name < other.name ? -1 : 1);

export const buckets = {
  CreateBucket(input, call) {
    const name = input.Bucket ?? '';
    if (!isValidName(name)) throw errors.InvalidBucketName({ BucketName: name });
    const region = regionOf(call, input);
    const tags = firstTags(input.CreateBucketConfiguration?.Tags);
    const made = { Location: `/${name}`, BucketArn: bucketArn(name) };
    if (madeBefore(call, name, tags)) return made;
    refuseOptions(input);
    const bucket = newBucket(call, name, region);
    bucket.ownership = input.ObjectOwnership ?? 'BucketOwnerEnforced';
    bucket.tags = tags;
    call.state.buckets.set(name, bucket);
    announce(call, 'CREATE', bucket);
    return made;
  },

  DeleteBucket(input, call) {
    const bucket = findBucket(call, input);
    emptyOrThrow(bucket);
    call.stateOf(bucket.accountId, call.region).buckets.delete(bucket.name);
    announce(call, 'DELETE', bucket);
  },

  HeadBucket(input, call) {
    const bucket = findBucket(call, input);
    return {
      BucketRegion: bucket.region,
      BucketArn: bucketArn(bucket.name),
      AccessPointAlias: false,
    };
  },

  ListBuckets({ Prefix = '', BucketRegion, MaxBuckets = 10_000, ContinuationToken }, call) {
    const after = ContinuationToken && Buffer.from(ContinuationToken, 'base64url').toString();
    const all = [...call.state.buckets.values()]
      .filter(({ name }) => name.startsWith(Prefix) && (!after || name > after))
      .filter(({ region }) => !BucketRegion || region === BucketRegion)
      .toSorted(byName);
    const page = all.slice(0, MaxBuckets);
    const last = page.at(-1);
    return {
      Buckets: page.map(({ name, region, createdAt }) => ({
        Name: name,
        CreationDate: createdAt,
        BucketRegion: region,
        BucketArn: bucketArn(name),
      })),
      Owner: { ID: canonicalId(call.accountId) },
      ...(Prefix && { Prefix }),
      ...(last && all.length > page.length
        ? { ContinuationToken: Buffer.from(last.name).toString('base64url') }
        : {}),
    };
  },

  GetBucketLocation(input, call) {
    const { region } = findBucket(call, input);
    // Buckets of us-east-1 have no location constraint.
    return region === 'us-east-1' ? {} : { LocationConstraint: constraintOf(region) };
  },
} satisfies S3Handlers;

type Constraint = NonNullable<
  NonNullable<CreateBucketRequest['CreateBucketConfiguration']>['LocationConstraint']
>;

// Only names that came in as a LocationConstraint are ever stored as a bucket's Region.
const constraintOf = (region: string) => region as Constraint;

/** S3's 64 hex digits that stand for an account in owners and ACLs. */
export const canonicalId = (accountId: string) => accountId.repeat(6).slice(0, 64).padEnd(64, 'f');
