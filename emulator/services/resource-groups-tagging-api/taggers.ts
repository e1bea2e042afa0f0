import type { EC2 } from '@aws-sdk/client-ec2';
import type { IAM } from '@aws-sdk/client-iam';
import type { S3 } from '@aws-sdk/client-s3';
import type { SQS } from '@aws-sdk/client-sqs';
import type { SSM } from '@aws-sdk/client-ssm';
import { tagList, tagRecord } from '../../tags';
import { arnTaggers } from './arn-taggers';
import type { Tagger, Target } from './tagger';
import { table } from '../../table';

const lastOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

const ec2: Tagger = {
  tag: (call, { path }, tags) =>
    call.client<EC2>('ec2').createTags({ Resources: [lastOf(path)], Tags: tagList(tags) }),
  untag: (call, { path }, keys) =>
    call
      .client<EC2>('ec2')
      .deleteTags({ Resources: [lastOf(path)], Tags: keys.map((Key) => ({ Key })) }),
};

/** S3 knows only whole tag sets, so the ones that are there are read first. */
async function bucketTags(s3: S3, Bucket: string): Promise<Record<string, string>> {
  try {
    return tagRecord((await s3.getBucketTagging({ Bucket })).TagSet);
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchTagSet') return {};
    throw error;
  }
}

const s3: Tagger = {
  async tag(call, { path }, tags) {
    const client = call.client<S3>('s3');
    const TagSet = tagList({ ...(await bucketTags(client, path)), ...tags });
    await client.putBucketTagging({ Bucket: path, Tagging: { TagSet } });
  },
  async untag(call, { path }, keys) {
    const client = call.client<S3>('s3');
    const present = tagList(await bucketTags(client, path));
    const TagSet = present.filter(({ Key }) => !keys.includes(Key));
    await client.putBucketTagging({ Bucket: path, Tagging: { TagSet } });
  },
};

async function queueUrl(client: SQS, { path, accountId }: Target): Promise<string | undefined> {
  const found = await client.getQueueUrl({ QueueName: path, QueueOwnerAWSAccountId: accountId });
  return found.QueueUrl;
}

const sqs: Tagger = {
  async tag(call, target, Tags) {
    const client = call.client<SQS>('sqs');
    await client.tagQueue({ QueueUrl: await queueUrl(client, target), Tags });
  },
  async untag(call, target, TagKeys) {
    const client = call.client<SQS>('sqs');
    await client.untagQueue({ QueueUrl: await queueUrl(client, target), TagKeys });
  },
};

/** Hierarchical parameter names begin with the slash that also ends the ARN's first word. */
function ssmResource({ path }: Target) {
  const [noun = '', ...rest] = path.split('/');
  const name = rest.join('/');
  return noun === 'parameter'
    ? { ResourceType: 'Parameter' as const, ResourceId: rest.length > 1 ? `/${name}` : name }
    : { ResourceType: 'Document' as const, ResourceId: name };
}

const ssm: Tagger = {
  tag: (call, target, tags) =>
    call.client<SSM>('ssm').addTagsToResource({ ...ssmResource(target), Tags: tagList(tags) }),
  untag: (call, target, TagKeys) =>
    call.client<SSM>('ssm').removeTagsFromResource({ ...ssmResource(target), TagKeys }),
};

const iamRole: Tagger = {
  tag: (call, { path }, tags) =>
    call.client<IAM>('iam').tagRole({ RoleName: lastOf(path), Tags: tagList(tags) }),
  untag: (call, { path }, TagKeys) =>
    call.client<IAM>('iam').untagRole({ RoleName: lastOf(path), TagKeys }),
};

const iamUser: Tagger = {
  tag: (call, { path }, tags) =>
    call.client<IAM>('iam').tagUser({ UserName: lastOf(path), Tags: tagList(tags) }),
  untag: (call, { path }, TagKeys) =>
    call.client<IAM>('iam').untagUser({ UserName: lastOf(path), TagKeys }),
};

const iamPolicy: Tagger = {
  tag: (call, { arn }, tags) =>
    call.client<IAM>('iam').tagPolicy({ PolicyArn: arn, Tags: tagList(tags) }),
  untag: (call, { arn }, TagKeys) =>
    call.client<IAM>('iam').untagPolicy({ PolicyArn: arn, TagKeys }),
};

const byService: Record<string, Tagger> = table({ ...arnTaggers, ec2, s3, sqs, ssm });
const byNoun: Record<string, Tagger> = table({
  'iam:policy': iamPolicy,
  'iam:role': iamRole,
  'iam:user': iamUser,
});

/** Who tags the resource of that ARN; `undefined` for a service that is not emulated. */
export function taggerOf(arn: string): { tagger: Tagger; target: Target } | undefined {
  const [, , service = '', , accountId = '', ...rest] = arn.split(':');
  const path = rest.join(':');
  const [noun = ''] = path.split('/');
  const tagger = byService[service] ?? byNoun[`${service}:${noun}`];
  return tagger && { tagger, target: { arn, accountId, path } };
}
