import type { S3 } from '@aws-sdk/client-s3';
import { ignoring, object, required, text } from '../../../cloudformation/properties';
import type {
  Properties,
  ProviderContext,
  ResourceProvider,
} from '../../../cloudformation/provider';
import { parseJson } from '../../../json';

/** The document as JSON, whether the template gives it as an object or as text. */
const documentOf = (properties: Properties) =>
  typeof properties['PolicyDocument'] === 'string'
    ? text(properties, 'PolicyDocument')
    : JSON.stringify(object(properties, 'PolicyDocument') ?? {});

async function put(properties: Properties, context: ProviderContext) {
  const Bucket = required(properties, 'Bucket');
  await context.client<S3>('s3').putBucketPolicy({ Bucket, Policy: documentOf(properties) });
  return { physicalId: Bucket };
}

/** AWS::S3::BucketPolicy; its physical id is the bucket's name. */
export const bucketPolicy: ResourceProvider = {
  properties: ['Bucket', 'PolicyDocument'],
  create: put,
  update: (_id, { properties }, context) => put(properties, context),
  delete: (Bucket, _properties, context) =>
    ignoring(['NoSuchBucket'], context.client<S3>('s3').deleteBucketPolicy({ Bucket })),
  async read(Bucket, _properties, context) {
    let policy: string | undefined;
    const look = context.client<S3>('s3').getBucketPolicy({ Bucket });
    await ignoring(
      ['NoSuchBucket', 'NoSuchBucketPolicy'],
      look.then(({ Policy }) => (policy = Policy)),
    );
    return policy === undefined ? undefined : { Bucket, PolicyDocument: parseJson(policy) };
  },
};
