import type { CreateBucketCommandInput, S3 } from '@aws-sdk/client-s3';
import { ignoring, tagsFor, text } from '../../../cloudformation/properties';
import type { Provided, ProviderContext, ResourceProvider } from '../../../cloudformation/provider';
import { applySettings, bucketProperties, storedBucketProperties } from './settings';

const provided = (name: string, region: string): Provided => ({
  physicalId: name,
  attributes: {
    Arn: `arn:aws:s3:::${name}`,
    DomainName: `${name}.s3.amazonaws.com`,
    DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
    RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
    WebsiteURL: `http://${name}.s3-website-${region}.amazonaws.com`,
  },
});

type Constraint = NonNullable<
  CreateBucketCommandInput['CreateBucketConfiguration']
>['LocationConstraint'];

/** us-east-1 is the one Region that is no location constraint. */
const placeIn = ({ region }: ProviderContext) =>
  region === 'us-east-1' ? {} : { LocationConstraint: region as NonNullable<Constraint> };

/** AWS::S3::Bucket */
export const bucket: ResourceProvider = {
  properties: bucketProperties,
  stored: storedBucketProperties,
  async create(properties, context) {
    const s3 = context.client<S3>('s3');
    const name = text(properties, 'BucketName') ?? context.physicalName(63).toLowerCase();
    // With tags, even us-east-1 refuses to make a bucket anew that is not the stack's.
    const Tags = tagsFor(properties, context);
    await s3.createBucket({
      Bucket: name,
      CreateBucketConfiguration: { ...placeIn(context), Tags },
    });
    try {
      await applySettings(name, { properties, previous: {} }, context);
    } catch (error) {
      // The stack never learns the name of a bucket whose settings were refused, so it goes here.
      await s3.deleteBucket({ Bucket: name });
      throw error;
    }
    return provided(name, context.region);
  },
  async update(name, change, context) {
    await applySettings(name, change, context);
    return provided(name, context.region);
  },
  delete: (Bucket, _properties, context) =>
    ignoring(['NoSuchBucket'], context.client<S3>('s3').deleteBucket({ Bucket })),
};
