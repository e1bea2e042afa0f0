import { S3 } from '@aws-sdk/client-s3';
import { emulated } from '../../../test/support/emulated';

async function withBucket() {
  const { client } = emulated();
  const s3 = client(S3);
  await s3.createBucket({ Bucket: 'crates' });
  return { s3, client };
}

const text = async (s3: S3, Key: string, more = {}) =>
  (await s3.getObject({ Bucket: 'crates', Key, ...more })).Body?.transformToString();

describe('buckets', () => {
  test('of the CDK bootstrap are there, versioned and encrypted', async () => {
    const s3 = emulated().client(S3);
    const Bucket = 'cdk-hnb659fds-assets-000000000000-us-east-1';

    await expect(s3.listBuckets({})).resolves.toMatchObject({ Buckets: [{ Name: Bucket }] });
    await expect(s3.getBucketVersioning({ Bucket })).resolves.toMatchObject({ Status: 'Enabled' });
    await expect(s3.getBucketEncryption({ Bucket })).resolves.toMatchObject({
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
  });

  test('have names that are unique over all accounts, and us-east-1 makes one twice', async () => {
    const { s3, client } = await withBucket();
    const other = client(S3, { accessKeyId: '111111111111' });

    await expect(s3.createBucket({ Bucket: 'crates' })).resolves.toMatchObject({
      BucketArn: 'arn:aws:s3:::crates',
    });
    await expect(other.createBucket({ Bucket: 'crates' })).rejects.toMatchObject({
      name: 'BucketAlreadyExists',
    });
  });

  test.each(['Crates', 'a', '192.168.0.1', 'a..b', 'xn--crates'])(
    'may not be called %p',
    async (Bucket) => {
      await expect(emulated().client(S3).createBucket({ Bucket })).rejects.toMatchObject({
        name: 'InvalidBucketName',
      });
    },
  );

  test('lie in the Region that the constraint names', async () => {
    const { client } = emulated();
    const s3 = client(S3, { region: 'eu-west-1' });
    await s3.createBucket({
      Bucket: 'crates',
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    });

    await expect(s3.getBucketLocation({ Bucket: 'crates' })).resolves.toMatchObject({
      LocationConstraint: 'eu-west-1',
    });
    await expect(
      s3.createBucket({
        Bucket: 'boxes',
        CreateBucketConfiguration: { LocationConstraint: 'us-west-2' },
      }),
    ).rejects.toMatchObject({
      name: 'IllegalLocationConstraintException',
    });
  });

  test('are deleted only when they are empty', async () => {
    const { s3 } = await withBucket();
    await s3.putObject({ Bucket: 'crates', Key: 'a', Body: 'x' });

    await expect(s3.deleteBucket({ Bucket: 'crates' })).rejects.toMatchObject({
      name: 'BucketNotEmpty',
    });
    await s3.deleteObject({ Bucket: 'crates', Key: 'a' });
    await expect(s3.headBucket({ Bucket: 'crates' })).resolves.toMatchObject({
      BucketRegion: 'us-east-1',
    });
    await s3.deleteBucket({ Bucket: 'crates' });

    await expect(s3.listObjectsV2({ Bucket: 'crates' })).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
    await expect(s3.headBucket({ Bucket: 'crates' })).rejects.toMatchObject({
      name: 'NotFound',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('of another account answer AccessDenied until their policy lets it in', async () => {
    const { s3, client } = await withBucket();
    const other = client(S3, { accessKeyId: '111111111111' });
    await s3.putObject({ Bucket: 'crates', Key: 'a', Body: 'x' });
    const read = { Bucket: 'crates', Key: 'a' };

    await expect(other.getObject(read)).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    });
    await s3.putBucketPolicy({
      Bucket: 'crates',
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::111111111111:root' },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::crates/*',
          },
        ],
      }),
    });

    await expect(other.getObject(read)).resolves.toMatchObject({ ContentLength: 1 });
    await expect(other.deleteObject(read)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('objects', () => {
  test('come back as they were put', async () => {
    const { s3 } = await withBucket();
    const put = await s3.putObject({
      Bucket: 'crates',
      Key: 'shelf/ä b.txt',
      Body: 'hello',
      ContentType: 'text/plain',
      CacheControl: 'no-store',
      Metadata: { Colour: 'red' },
      Tagging: 'team=core&cost=1',
    });

    expect(put).toMatchObject({
      ETag: '"5d41402abc4b2a76b9719d911017c592"',
      ServerSideEncryption: 'AES256',
    });
    await expect(text(s3, 'shelf/ä b.txt')).resolves.toBe('hello');
    const head = await s3.headObject({ Bucket: 'crates', Key: 'shelf/ä b.txt' });
    expect(head).toMatchObject({
      ContentLength: 5,
      ContentType: 'text/plain',
      CacheControl: 'no-store',
      ETag: '"5d41402abc4b2a76b9719d911017c592"',
      LastModified: new Date('2026-01-01T00:00:00Z'),
      Metadata: { colour: 'red' },
    });
    expect(head).not.toHaveProperty('VersionId');
    await expect(
      s3.getObjectTagging({ Bucket: 'crates', Key: 'shelf/ä b.txt' }),
    ).resolves.toMatchObject({
      TagSet: [
        { Key: 'team', Value: 'core' },
        { Key: 'cost', Value: '1' },
      ],
    });
  });

  test('that are not there answer NoSuchKey, or a bare 404 to a HEAD', async () => {
    const { s3 } = await withBucket();

    await expect(text(s3, 'nope')).rejects.toMatchObject({
      name: 'NoSuchKey',
      Key: 'nope',
    });
    await expect(s3.headObject({ Bucket: 'crates', Key: 'nope' })).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  test.each([
    ['bytes=1-3', 'ell', 'bytes 1-3/5'],
    ['bytes=3-', 'lo', 'bytes 3-4/5'],
    ['bytes=-2', 'lo', 'bytes 3-4/5'],
    ['bytes=2-99', 'llo', 'bytes 2-4/5'],
  ])('are read in part by %s', async (Range, body, ContentRange) => {
    const { s3 } = await withBucket();
    await s3.putObject({ Bucket: 'crates', Key: 'a', Body: 'hello' });

    const answer = await s3.getObject({ Bucket: 'crates', Key: 'a', Range });

    expect(answer).toMatchObject({ ContentRange, $metadata: { httpStatusCode: 206 } });
    await expect(answer.Body?.transformToString()).resolves.toBe(body);
  });

  test('have no bytes beyond their end', async () => {
    const { s3 } = await withBucket();
    await s3.putObject({ Bucket: 'crates', Key: 'a', Body: 'hello' });

    await expect(text(s3, 'a', { Range: 'bytes=5-' })).rejects.toMatchObject({
      name: 'InvalidRange',
      $metadata: { httpStatusCode: 416 },
    });
  });

  test('are read and written on conditions', async () => {
    const { s3 } = await withBucket();
    const at = { Bucket: 'crates', Key: 'a' };
    const { ETag } = await s3.putObject({ ...at, Body: 'hello', IfNoneMatch: '*' });

    await expect(s3.getObject({ ...at, IfNoneMatch: ETag })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 304 },
    });
    await expect(s3.getObject({ ...at, IfMatch: '"other"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    });
    await expect(s3.putObject({ ...at, Body: 'x', IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await s3.putObject({ ...at, Body: 'new', IfMatch: ETag });
    await expect(text(s3, 'a')).resolves.toBe('new');
  });

  test('are copied with their metadata unless it is replaced', async () => {
    const { s3 } = await withBucket();
    await s3.putObject({ Bucket: 'crates', Key: 'a b', Body: 'x', Metadata: { colour: 'red' } });
    const copy = { Bucket: 'crates', CopySource: 'crates/a%20b' };

    await s3.copyObject({ ...copy, Key: 'same' });
    await s3.copyObject({
      ...copy,
      Key: 'other',
      MetadataDirective: 'REPLACE',
      Metadata: { colour: 'blue' },
    });

    await expect(s3.headObject({ Bucket: 'crates', Key: 'same' })).resolves.toMatchObject({
      Metadata: { colour: 'red' },
    });
    await expect(s3.headObject({ Bucket: 'crates', Key: 'other' })).resolves.toMatchObject({
      Metadata: { colour: 'blue' },
    });
    await expect(s3.copyObject({ ...copy, Key: 'a b' })).rejects.toMatchObject({
      name: 'InvalidRequest',
    });
  });

  test('are deleted many at a time, whether they are there or not', async () => {
    const { s3 } = await withBucket();
    await s3.putObject({ Bucket: 'crates', Key: 'a', Body: 'x' });

    await expect(
      s3.deleteObjects({ Bucket: 'crates', Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }] } }),
    ).resolves.toMatchObject({ Deleted: [{ Key: 'a' }, { Key: 'b' }] });
    await expect(s3.listObjectsV2({ Bucket: 'crates' })).resolves.toMatchObject({ KeyCount: 0 });
  });

  test('are deleted past a version that cannot be (LocalStack test_s3_api.py test_delete_objects)', async () => {
    const { s3 } = await withBucket();
    const Objects = [{ Key: 'a', VersionId: 'nope' }, { Key: 'b' }];

    await expect(
      s3.deleteObjects({ Bucket: 'crates', Delete: { Objects } }),
    ).resolves.toMatchObject({
      Deleted: [{ Key: 'b' }],
      Errors: [
        {
          Key: 'a',
          VersionId: 'nope',
          Code: 'NoSuchVersion',
          Message: 'The specified version does not exist.',
        },
      ],
    });
  });
});

describe('listings', () => {
  async function filled() {
    const { s3 } = await withBucket();
    for (const Key of ['b/2', 'a/1', 'a/2', 'c', 'Z']) {
      await s3.putObject({ Bucket: 'crates', Key, Body: Key });
    }
    return s3;
  }

  test('sort keys by their bytes and fold what shares a prefix', async () => {
    const s3 = await filled();
    const answer = await s3.listObjectsV2({ Bucket: 'crates', Delimiter: '/' });

    expect(answer.Contents?.map(({ Key }) => Key)).toEqual(['Z', 'c']);
    expect(answer.CommonPrefixes).toEqual([{ Prefix: 'a/' }, { Prefix: 'b/' }]);
    expect(answer).toMatchObject({ KeyCount: 4, IsTruncated: false, MaxKeys: 1000 });
  });

  test('go on from a token, common prefixes counted as one', async () => {
    const s3 = await filled();
    const ask = { Bucket: 'crates', Delimiter: '/', MaxKeys: 2 };
    const first = await s3.listObjectsV2(ask);
    const second = await s3.listObjectsV2({
      ...ask,
      ContinuationToken: first.NextContinuationToken,
    });

    expect(first).toMatchObject({ Contents: [{ Key: 'Z' }], CommonPrefixes: [{ Prefix: 'a/' }] });
    expect(second).toMatchObject({ Contents: [{ Key: 'c' }], CommonPrefixes: [{ Prefix: 'b/' }] });
    expect(second.IsTruncated).toBe(false);
    await expect(
      s3.listObjectsV2({ Bucket: 'crates', ContinuationToken: 'x' }),
    ).rejects.toMatchObject({
      name: 'InvalidArgument',
    });
  });

  test('of the first version go on from a marker and encode keys on request', async () => {
    const s3 = await filled();

    await expect(
      s3.listObjects({ Bucket: 'crates', Prefix: 'a/', Marker: 'a/1', EncodingType: 'url' }),
    ).resolves.toMatchObject({ Contents: [{ Key: 'a/2', Size: 3 }], IsTruncated: false });
  });
});

describe('versions', () => {
  test('stay beneath a delete marker and come back without it', async () => {
    const { s3 } = await withBucket();
    await s3.putBucketVersioning({
      Bucket: 'crates',
      VersioningConfiguration: { Status: 'Enabled' },
    });
    const at = { Bucket: 'crates', Key: 'a' };
    const { VersionId: first } = await s3.putObject({ ...at, Body: 'one' });
    await s3.putObject({ ...at, Body: 'two' });
    const marker = await s3.deleteObject(at);

    expect(marker.DeleteMarker).toBe(true);
    await expect(text(s3, 'a')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(text(s3, 'a', { VersionId: first })).resolves.toBe('one');
    const listed = await s3.listObjectVersions({ Bucket: 'crates' });
    expect(listed.Versions?.map(({ IsLatest }) => IsLatest)).toEqual([false, false]);
    expect(listed.DeleteMarkers).toMatchObject([{ VersionId: marker.VersionId, IsLatest: true }]);
    await expect(s3.deleteBucket({ Bucket: 'crates' })).rejects.toMatchObject({
      name: 'BucketNotEmpty',
    });

    await s3.deleteObject({ ...at, VersionId: marker.VersionId });
    await expect(text(s3, 'a')).resolves.toBe('two');
  });
});

describe('multipart uploads', () => {
  const part = Buffer.alloc(5 * 1024 * 1024, 'a');

  async function begun() {
    const { s3 } = await withBucket();
    const { UploadId } = await s3.createMultipartUpload({ Bucket: 'crates', Key: 'big' });
    const at = { Bucket: 'crates', Key: 'big', UploadId };
    const put = async (PartNumber: number, Body: Uint8Array) => {
      const { ETag } = await s3.uploadPart({ ...at, PartNumber, Body });
      return { PartNumber, ETag };
    };
    return { s3, at, put };
  }

  test('become one object with an entity tag of its own kind', async () => {
    const { s3, at, put } = await begun();
    const Parts = [await put(1, part), await put(2, Buffer.from('end'))];
    await expect(s3.listParts(at)).resolves.toMatchObject({
      Parts: [
        { PartNumber: 1, Size: part.length },
        { PartNumber: 2, Size: 3 },
      ],
    });

    const done = await s3.completeMultipartUpload({ ...at, MultipartUpload: { Parts } });

    expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    await expect(s3.headObject({ Bucket: 'crates', Key: 'big' })).resolves.toMatchObject({
      ContentLength: part.length + 3,
    });
    await expect(text(s3, 'big', { PartNumber: 2 })).resolves.toBe('end');
    await expect(s3.listMultipartUploads({ Bucket: 'crates' })).resolves.not.toHaveProperty(
      'Uploads',
    );
  });

  test('refuse small, unknown and unordered parts', async () => {
    const { s3, at, put } = await begun();
    const Parts = [await put(1, Buffer.from('small')), await put(2, Buffer.from('end'))];
    const complete = (parts: typeof Parts) =>
      s3.completeMultipartUpload({ ...at, MultipartUpload: { Parts: parts } });

    await expect(complete(Parts)).rejects.toMatchObject({ name: 'EntityTooSmall' });
    await expect(complete(Parts.toReversed())).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    await expect(complete([{ PartNumber: 7, ETag: '"x"' }])).rejects.toMatchObject({
      name: 'InvalidPart',
    });
    await s3.abortMultipartUpload(at);
    await expect(s3.listParts(at)).rejects.toMatchObject({
      name: 'NoSuchUpload',
    });
  });
});

describe('settings', () => {
  const at = { Bucket: 'crates' };

  test.each([
    ['NoSuchBucketPolicy', (s3: S3) => s3.getBucketPolicy(at)],
    ['NoSuchTagSet', (s3: S3) => s3.getBucketTagging(at)],
    ['NoSuchCORSConfiguration', (s3: S3) => s3.getBucketCors(at)],
    ['NoSuchLifecycleConfiguration', (s3: S3) => s3.getBucketLifecycleConfiguration(at)],
    ['NoSuchWebsiteConfiguration', (s3: S3) => s3.getBucketWebsite(at)],
  ])('that are not there answer %s with the bucket', async (name, ask) => {
    const { s3 } = await withBucket();
    await expect(ask(s3)).rejects.toMatchObject({ name, BucketName: 'crates' });
  });

  test('of tags replace the whole set', async () => {
    const { s3 } = await withBucket();
    await s3.putBucketTagging({ ...at, Tagging: { TagSet: [{ Key: 'a', Value: '1' }] } });
    await s3.putBucketTagging({ ...at, Tagging: { TagSet: [{ Key: 'b', Value: '2' }] } });

    await expect(s3.getBucketTagging(at)).resolves.toMatchObject({
      TagSet: [{ Key: 'b', Value: '2' }],
    });
    await expect(
      s3.putBucketTagging({ ...at, Tagging: { TagSet: [{ Key: 'aws:x', Value: '2' }] } }),
    ).rejects.toMatchObject({
      name: 'InvalidTag',
    });
  });

  const publicPolicy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::crates/*',
      },
    ],
  });

  test('block a public policy until public access is unblocked', async () => {
    const { s3 } = await withBucket();

    await expect(s3.putBucketPolicy({ ...at, Policy: publicPolicy })).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await s3.deletePublicAccessBlock(at);
    await s3.putBucketPolicy({ ...at, Policy: publicPolicy });

    await expect(s3.getBucketPolicyStatus(at)).resolves.toMatchObject({
      PolicyStatus: { IsPublic: true },
    });
  });

  test('refuse a policy about another bucket', async () => {
    const { s3 } = await withBucket();
    const Policy = publicPolicy.replace('crates/*', 'boxes/*');
    await expect(s3.putBucketPolicy({ ...at, Policy })).rejects.toMatchObject({
      name: 'MalformedPolicy',
    });
  });

  test('that are stored come back as they went in', async () => {
    const { s3 } = await withBucket();
    const Rules = [
      { ID: 'old', Status: 'Enabled' as const, Filter: { Prefix: 'x/' }, Expiration: { Days: 3 } },
    ];
    await s3.putBucketLifecycleConfiguration({ ...at, LifecycleConfiguration: { Rules } });

    await expect(s3.getBucketLifecycleConfiguration(at)).resolves.toMatchObject({ Rules });
  });
});
