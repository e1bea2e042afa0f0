import { S3 } from '@aws-sdk/client-s3';
import { defineService } from '../../service';
import { buckets } from './buckets';
import { completion } from './completion';
import { copying } from './copying';
import { deletion } from './deletion';
import { withForeignBuckets } from './foreign-buckets';
import { listing } from './listing';
import { objects } from './objects';
import { policies } from './policies';
import { permissions, resourcePolicy } from './requirements';
import { seed } from './seed';
import { settings } from './settings';
import { createState } from './state';
import { storedSettings } from './stored-settings';
import { tagging } from './tagging';
import { uploadListing } from './upload-listing';
import { uploads } from './uploads';
import { versionListing } from './version-listing';
import { view } from './view';

export default defineService({
  client: S3,
  global: true,
  createState,
  seed,
  handlers: withForeignBuckets({
    ...buckets,
    ...completion,
    ...copying,
    ...deletion,
    ...listing,
    ...objects,
    ...policies,
    ...settings,
    ...storedSettings,
    ...tagging,
    ...uploadListing,
    ...uploads,
    ...versionListing,
  }),
  stored: Object.keys(storedSettings),
  permissions,
  resourcePolicy,
  view,
});
