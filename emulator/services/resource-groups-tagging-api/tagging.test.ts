import { CodeDeploy } from '@aws-sdk/client-codedeploy';
import { EC2 } from '@aws-sdk/client-ec2';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { KMS } from '@aws-sdk/client-kms';
import {
  type GetResourcesCommandOutput,
  ResourceGroupsTaggingAPI,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { S3 } from '@aws-sdk/client-s3';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SNS } from '@aws-sdk/client-sns';
import { emulated } from '../../../test/support/emulated';

async function prepared() {
  const { client } = emulated();
  const [ec2, s3, tagging] = [client(EC2), client(S3), client(ResourceGroupsTaggingAPI)];
  const { Vpcs: [vpc] = [] } = await ec2.describeVpcs({});
  await s3.createBucket({ Bucket: 'crates' });
  const vpcArn = `arn:aws:ec2:us-east-1:000000000000:vpc/${vpc?.VpcId}`;
  const bucketArn = 'arn:aws:s3:::crates';
  return { ec2, s3, tagging, vpcArn, bucketArn };
}

const arnsIn = ({ ResourceTagMappingList: list = [] }: Partial<GetResourcesCommandOutput>) =>
  list.map(({ ResourceARN }) => ResourceARN);

type Make = (client: ReturnType<typeof emulated>['client']) => Promise<string | undefined>;

const everyDay = { Name: 'a', ScheduleExpression: 'rate(1 day)' };

describe('TagResources', () => {
  test('tags resources of every service with its own API', async () => {
    const { ec2, s3, tagging, vpcArn, bucketArn } = await prepared();

    const answer = await tagging.tagResources({
      ResourceARNList: [vpcArn, bucketArn],
      Tags: { team: 'core' },
    });

    expect(answer.FailedResourcesMap).toEqual({});
    await expect(ec2.describeTags({})).resolves.toMatchObject({
      Tags: [{ Key: 'team', Value: 'core' }],
    });
    await expect(s3.getBucketTagging({ Bucket: 'crates' })).resolves.toMatchObject({
      TagSet: [{ Key: 'team', Value: 'core' }],
    });
  });

  test.each<[string, Make]>([
    ['a key', async (client) => (await client(KMS).createKey()).KeyMetadata?.Arn],
    ['a secret', async (client) => (await client(SecretsManager).createSecret({ Name: 'a' })).ARN],
    ['a topic', async (client) => (await client(SNS).createTopic({ Name: 'a' })).TopicArn],
    ['a rule', async (client) => (await client(EventBridge).putRule(everyDay)).RuleArn],
    [
      'a schedule group',
      async (client) =>
        (await client(Scheduler).createScheduleGroup({ Name: 'a' })).ScheduleGroupArn,
    ],
    [
      'an application',
      async (client) => {
        await client(CodeDeploy).createApplication({ applicationName: 'a' });
        return 'arn:aws:codedeploy:us-east-1:000000000000:application:a';
      },
    ],
  ])('reaches %s by its ARN', async (_what, make) => {
    const { client } = emulated();
    const ResourceARNList = [(await make(client)) ?? ''];
    const tagging = client(ResourceGroupsTaggingAPI);

    await tagging.tagResources({ ResourceARNList, Tags: { team: 'core', cost: '1' } });
    const answer = await tagging.untagResources({ ResourceARNList, TagKeys: ['cost'] });

    expect(answer.FailedResourcesMap).toEqual({});
    await expect(tagging.getResources({ ResourceARNList })).resolves.toMatchObject({
      ResourceTagMappingList: [{ Tags: [{ Key: 'team', Value: 'core' }] }],
    });
  });

  test('names what failed and does the rest', async () => {
    const { tagging, bucketArn } = await prepared();
    const unknown = 'arn:aws:braket:us-east-1:000000000000:job/1';
    const gone = 'arn:aws:ec2:us-east-1:000000000000:vpc/vpc-00000000000000000';

    const answer = await tagging.tagResources({
      ResourceARNList: [unknown, gone, bucketArn],
      Tags: { team: 'core' },
    });

    expect(answer.FailedResourcesMap).toEqual({
      [unknown]: {
        StatusCode: 400,
        ErrorCode: 'InvalidParameterException',
        ErrorMessage: `The resource type of ${unknown} is not emulated.`,
      },
      [gone]: {
        StatusCode: 400,
        ErrorCode: 'InvalidVpcID.NotFound',
        ErrorMessage: "The vpc ID 'vpc-00000000000000000' does not exist",
      },
    });
    await expect(tagging.getResources({})).resolves.toMatchObject({
      ResourceTagMappingList: [{ ResourceARN: bucketArn }],
    });
  });

  test('refuses what is no ARN', async () => {
    const { tagging } = await prepared();
    await expect(
      tagging.tagResources({ ResourceARNList: ['crates'], Tags: { team: 'core' } }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('UntagResources', () => {
  test('takes only the named keys', async () => {
    const { s3, tagging, bucketArn } = await prepared();
    const ResourceARNList = [bucketArn];
    await tagging.tagResources({ ResourceARNList, Tags: { team: 'core', cost: '1' } });

    await tagging.untagResources({ ResourceARNList, TagKeys: ['cost'] });

    await expect(s3.getBucketTagging({ Bucket: 'crates' })).resolves.toMatchObject({
      TagSet: [{ Key: 'team', Value: 'core' }],
    });
  });
});

describe('GetResources', () => {
  async function tagged() {
    const { tagging, vpcArn, bucketArn } = await prepared();
    await tagging.tagResources({ ResourceARNList: [vpcArn], Tags: { team: 'core', cost: '1' } });
    await tagging.tagResources({ ResourceARNList: [bucketArn], Tags: { team: 'web' } });
    return { tagging, vpcArn, bucketArn };
  }

  test('joins filters by and, values by or, and lets a key stand alone', async () => {
    const { tagging, vpcArn, bucketArn } = await tagged();
    const by = async (...TagFilters: { Key: string; Values?: string[] }[]) =>
      arnsIn(await tagging.getResources({ TagFilters }));

    await expect(by({ Key: 'team' })).resolves.toEqual(expect.arrayContaining([vpcArn, bucketArn]));
    await expect(by({ Key: 'team', Values: ['core', 'web'] })).resolves.toHaveLength(2);
    await expect(by({ Key: 'team', Values: ['web'] })).resolves.toEqual([bucketArn]);
    await expect(by({ Key: 'team' }, { Key: 'cost' })).resolves.toEqual([vpcArn]);
  });

  test.each([
    ['ec2', 1],
    ['ec2:vpc', 1],
    ['ec2:subnet', 0],
    ['s3', 1],
  ])('of type %s finds %d', async (type, count) => {
    const { tagging } = await tagged();
    const answer = await tagging.getResources({ ResourceTypeFilters: [type] });
    expect(answer.ResourceTagMappingList).toHaveLength(count);
  });

  test('by ARN, page by page, and its keys and values', async () => {
    const { tagging, bucketArn } = await tagged();
    const first = await tagging.getResources({ ResourcesPerPage: 1 });
    const second = await tagging.getResources({
      ResourcesPerPage: 1,
      PaginationToken: first.PaginationToken,
    });

    expect(arnsIn(first)).not.toEqual(arnsIn(second));
    expect(second.PaginationToken).toBe('');
    expect(arnsIn(await tagging.getResources({ ResourceARNList: [bucketArn] }))).toEqual([
      bucketArn,
    ]);
    await expect(tagging.getTagKeys({})).resolves.toMatchObject({ TagKeys: ['cost', 'team'] });
    await expect(tagging.getTagValues({ Key: 'team' })).resolves.toMatchObject({
      TagValues: ['core', 'web'],
    });
  });
});
