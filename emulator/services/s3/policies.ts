import { awsError } from '../../errors';
import { malformedPolicy } from '../../authorisation/malformed-policy';
import { parseObject } from '../../json';
import { errors } from './errors';
import { announce, bucketArn, findBucket } from './lookup';
import type { Bucket, S3Call, S3Handlers } from './state';

interface Statement {
  Effect?: unknown;
  Principal?: unknown;
  Resource?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

const malformed = (message: string) => awsError('MalformedPolicy', message);

function statementsOf(policy: string): Statement[] {
  const { Statement } = JSON.parse(policy) as { Statement: Statement | Statement[] };
  return [Statement].flat();
}

const isForeign = (bucket: Bucket) => (resource: unknown) => {
  const arn = bucketArn(bucket.name);
  const text = String(resource);
  return text !== arn && !text.startsWith(`${arn}/`) && text !== '*' && !text.startsWith(`${arn}*`);
};

/** S3 refuses a policy before it looks at what IAM says of the document. */
function checkDocument(bucket: Bucket, policy: string) {
  const document = policy.trimStart().startsWith('{') ? parseObject(policy) : undefined;
  if (!document) throw malformed("Policies must be valid JSON and the first byte must be '{'");
  if (document['Statement'] === undefined) throw malformed('Missing required field Statement');
  const problem = malformedPolicy(policy, 'resource');
  if (problem !== undefined) throw malformed(problem);
  const resources = statementsOf(policy).flatMap(({ Resource = [] }) => [Resource].flat());
  if (resources.some(isForeign(bucket))) throw malformed('Policy has invalid resource');
}

/** Conditions that tie a wildcard principal to someone, so that the statement is not public. */
const narrowing =
  /^(aws:(PrincipalOrgID|PrincipalAccount|PrincipalArn|SourceAccount|SourceArn|SourceOwner|SourceVpc|SourceVpce|SourceIp|userid)|s3:x-amz-.*|s3:DataAccessPointA.*)$/i;

function isEveryone(principal: unknown): boolean {
  if (principal === '*') return true;
  const aws = (principal as { AWS?: unknown } | undefined)?.AWS;
  return [aws].flat().includes('*');
}

const isPublicStatement = ({ Effect, Principal, Condition = {} }: Statement) =>
  Effect === 'Allow' &&
  isEveryone(Principal) &&
  !Object.values(Condition).some((keys) => Object.keys(keys).some((key) => narrowing.test(key)));

const isPublic = (policy: string) => statementsOf(policy).some(isPublicStatement);

function refusePublic(call: S3Call, bucket: Bucket, policy: string) {
  if (!bucket.publicAccessBlock?.BlockPublicPolicy || !isPublic(policy)) return;
  throw awsError(
    'AccessDenied',
    `User: ${call.principal.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucketArn(bucket.name)}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
    { status: 403 },
  );
}

export const policies = {
  PutBucketPolicy(input, call) {
    const bucket = findBucket(call, input);
    const { Policy: policy = '' } = input;
    checkDocument(bucket, policy);
    refusePublic(call, bucket, policy);
    bucket.policy = policy;
    announce(call, 'UPDATE', bucket);
  },

  GetBucketPolicy(input, call) {
    const { name, policy } = findBucket(call, input);
    if (policy === undefined) throw errors.NoSuchBucketPolicy({ BucketName: name });
    return { Policy: policy };
  },

  DeleteBucketPolicy(input, call) {
    const bucket = findBucket(call, input);
    delete bucket.policy;
    announce(call, 'UPDATE', bucket);
  },

  GetBucketPolicyStatus(input, call) {
    const { name, policy } = findBucket(call, input);
    if (policy === undefined) throw errors.NoSuchBucketPolicy({ BucketName: name });
    return { PolicyStatus: { IsPublic: isPublic(policy) } };
  },
} satisfies S3Handlers;
