import type { ResourceProviders } from '../../cloudformation/provider';
import { bucket } from './cloudformation/bucket';
import { bucketPolicy } from './cloudformation/bucket-policy';

const providers: ResourceProviders = {
  'AWS::S3::Bucket': bucket,
  'AWS::S3::BucketPolicy': bucketPolicy,
};

export default providers;
