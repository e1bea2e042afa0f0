import { tagList } from '../../tags';
import { errors } from './errors';
import { announce, findBucket, findObject, versionHeader } from './lookup';
import type { S3Handlers } from './state';
import { bucketTags, objectTags, systemTags } from './tag-sets';

export const tagging = {
  PutBucketTagging(input, call) {
    const bucket = findBucket(call, input);
    bucket.tags = bucketTags(bucket, input.Tagging?.TagSet ?? []);
    announce(call, 'UPDATE', bucket);
  },

  GetBucketTagging(input, call) {
    const bucket = findBucket(call, input);
    const TagSet = tagList(bucket.tags);
    if (!TagSet.length) throw errors.NoSuchTagSet({ BucketName: bucket.name });
    return { TagSet };
  },

  DeleteBucketTagging(input, call) {
    const bucket = findBucket(call, input);
    bucket.tags = systemTags(bucket);
    announce(call, 'UPDATE', bucket);
  },

  PutObjectTagging(input, call) {
    const bucket = findBucket(call, input);
    const object = findObject(bucket, input);
    object.tags = objectTags(input.Tagging?.TagSet ?? []);
    return versionHeader(bucket, object);
  },

  GetObjectTagging(input, call) {
    const bucket = findBucket(call, input);
    const object = findObject(bucket, input);
    return { TagSet: tagList(object.tags), ...versionHeader(bucket, object) };
  },

  DeleteObjectTagging(input, call) {
    const bucket = findBucket(call, input);
    const object = findObject(bucket, input);
    object.tags = {};
    return versionHeader(bucket, object);
  },
} satisfies S3Handlers;
