import { type AwsError, awsError } from '../errors';
import { table } from '../table';

type Words = [code: string, message: string, status: number];

const json: Words = ['ThrottlingException', 'Rate exceeded', 400];
const query: Words = ['Throttling', 'Rate exceeded', 400];

// By folder name. Codes and statuses are those of the SDKs' models where they have one (lambda, sns,
// sqs, organizations, scheduler, tagging); EC2's and S3's are in their error references; other texts
// are unverified.
const words: Record<string, Words> = table({
  'auto-scaling': query,
  cloudformation: query,
  cloudwatch: ['ThrottlingException', 'Rate exceeded', 400],
  ec2: ['RequestLimitExceeded', 'Request limit exceeded.', 503],
  'elastic-load-balancing-v2': query,
  iam: query,
  lambda: ['TooManyRequestsException', 'Rate exceeded', 429],
  organizations: ['TooManyRequestsException', 'Rate exceeded', 400],
  'resource-groups-tagging-api': ['ThrottledException', 'Rate exceeded', 400],
  'route-53': query,
  s3: ['SlowDown', 'Please reduce your request rate.', 503],
  scheduler: ['ThrottlingException', 'Rate exceeded', 429],
  sns: ['Throttled', 'Rate exceeded', 429],
  sqs: ['RequestThrottled', 'Rate exceeded', 403],
  sts: query,
});

/** A service's own way of saying that requests come too fast; SDKs try again after each of them. */
export function throttled(service: string): AwsError {
  const [code, message, status] = words[service] ?? json;
  return awsError(code, message, { status });
}
