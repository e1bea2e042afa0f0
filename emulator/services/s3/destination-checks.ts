import type { NotificationConfiguration, S3KeyFilter } from '@aws-sdk/client-s3';
import { awsError } from '../../errors';
import { errors, invalidArgument } from './errors';
import { bucketAnywhere } from './lookup';
import type { Bucket, S3Call } from './state';

/** Where a bucket's events are to go, once S3 can read it. */
export function checkedNotification(wanted: NotificationConfiguration): NotificationConfiguration {
  for (const { name, arn, filter } of destinationsOf(wanted)) {
    if (!/^arn:[\w-]+:[\w-]+:[\w-]*:\d{12}:.+$/.test(arn))
      throw invalidArgument('The ARN could not be parsed', name, arn);
    checkFilter(filter);
  }
  return wanted;
}

interface Destination {
  name: string;
  arn: string;
  filter: S3KeyFilter | undefined;
}

const destinationsOf = (wanted: NotificationConfiguration): Destination[] => [
  ...(wanted.QueueConfigurations ?? []).map(({ QueueArn: arn = '', Filter }) => ({
    name: 'Queue',
    arn,
    filter: Filter?.Key,
  })),
  ...(wanted.TopicConfigurations ?? []).map(({ TopicArn: arn = '', Filter }) => ({
    name: 'Topic',
    arn,
    filter: Filter?.Key,
  })),
  ...(wanted.LambdaFunctionConfigurations ?? []).map(({ LambdaFunctionArn: arn = '', Filter }) => ({
    name: 'CloudFunction',
    arn,
    filter: Filter?.Key,
  })),
];

function checkFilter(filter: S3KeyFilter | undefined): void {
  for (const { Name: name, Value: value } of filter?.FilterRules ?? []) {
    if (name === undefined || value === undefined) throw errors.MalformedXML();
    if (!['prefix', 'suffix'].includes(name.toLowerCase()))
      throw invalidArgument(
        'filter rule name must be either prefix or suffix',
        'FilterRule.Name',
        name,
      );
  }
}

/** A bucket's log goes to a bucket of the same owner and Region. */
export function checkLogTarget(
  { accountId, region }: Bucket,
  name: string | undefined,
  call: S3Call,
): void {
  const target = bucketAnywhere(call, name ?? '');
  if (target?.accountId !== accountId)
    throw awsError(
      'InvalidTargetBucketForLogging',
      'The target bucket for logging does not exist',
      { members: { TargetBucket: name } },
    );
  if (target.region !== region)
    throw awsError('CrossLocationLoggingProhibitted', 'Cross S3 location logging not allowed. ', {
      status: 403,
      members: { TargetBucketLocation: target.region },
    });
}
