import { table } from '../table';

/**
 * What AWS counts as data events, which an account's event history does not have: calls about what
 * a resource holds. By folder name; source: the CloudTrail guide's table of data events.
 */
const dataEvents: Record<string, RegExp> = table({
  cloudwatch: /^(PutMetricData|GetMetricData|GetMetricWidgetImage)$/,
  'cloudwatch-logs':
    /^(PutLogEvents|GetLogEvents|FilterLogEvents|GetLogRecord|GetLogObject|StartLiveTail|StartQuery|GetQueryResults)$/,
  eventbridge: /^PutEvents$/,
  lambda: /^Invoke/,
  s3: /^(AbortMultipartUpload|CompleteMultipartUpload|CopyObject|CreateMultipartUpload|DeleteObject|DeleteObjects|DeleteObjectTagging|(Get|Put)Object(Acl|Attributes|LegalHold|Retention|Tagging|Torrent)?|HeadBucket|HeadObject|List(MultipartUploads|Objects|ObjectsV2|ObjectVersions|Parts)|RestoreObject|SelectObjectContent|UploadPart(Copy)?)$/,
  sns: /^Publish/,
  sqs: /^(SendMessage|ReceiveMessage|DeleteMessage|ChangeMessageVisibility)/,
});

/** Whether the event history has such calls. */
export const isManagement = (service: string, operation: string): boolean =>
  dataEvents[service]?.test(operation) !== true;
