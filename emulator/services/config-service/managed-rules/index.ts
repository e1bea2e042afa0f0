import { compliantWhen, type ManagedRule } from './managed-rule';
import { requiredTags } from './required-tags';
import {
  incomingSshDisabled,
  restrictedIncomingTraffic,
  vpcDefaultSecurityGroupClosed,
} from './security-groups';
import { table } from '../../../table';

const s3BucketVersioningEnabled: ManagedRule = {
  types: ['AWS::S3::Bucket'],
  judge({ configuration }) {
    const versioning = configuration['VersioningConfiguration'] as { Status?: string } | undefined;
    return compliantWhen(versioning?.Status === 'Enabled');
  },
};

/** The managed rules that are emulated, by their source identifier. */
export const managedRules: Readonly<Record<string, ManagedRule>> = table({
  INCOMING_SSH_DISABLED: incomingSshDisabled,
  REQUIRED_TAGS: requiredTags,
  RESTRICTED_INCOMING_TRAFFIC: restrictedIncomingTraffic,
  S3_BUCKET_VERSIONING_ENABLED: s3BucketVersioningEnabled,
  VPC_DEFAULT_SECURITY_GROUP_CLOSED: vpcDefaultSecurityGroupClosed,
});
