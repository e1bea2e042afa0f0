import { looped } from './support/looped';

/**
 * What cannot go both ways, and why. The list is exact: an SDK upgrade that mends one of these, or
 * breaks another, turns the test red.
 */
const exceptions: Record<string, string> = {
  's3 ListDirectoryBuckets': 'only its endpoint and x-id tell it from ListBuckets',
  's3 SelectObjectContent': 'its output is an event stream',
  'cloudwatch-logs GetLogObject': 'its output is an event stream',
  'cloudwatch-logs StartLiveTail': 'its output is an event stream',
  'lambda InvokeWithResponseStream': 'its output is an event stream',
};

/** Errors that share a code with another one in the query protocol, by which the SDK tells them. */
const ambiguousErrors: Record<string, string[]> = { cloudwatch: ['DashboardNotFoundError'] };

const services = [
  'auto-scaling',
  'cloudformation',
  'cloudtrail',
  'cloudwatch',
  'cloudwatch-logs',
  'codebuild',
  'codedeploy',
  'codepipeline',
  'codestar-notifications',
  'config-service',
  'ec2',
  'eventbridge',
  'iam',
  'kms',
  'lambda',
  'organizations',
  'resource-groups-tagging-api',
  's3',
  'scheduler',
  'secrets-manager',
  'sns',
  'sqs',
  'ssm',
  'sts',
];

test.each(services)(
  'every operation of %s carries input and output unchanged between the SDK and the wire',
  async (service) => {
    const client = looped(service);
    const failures: Record<string, string> = {};
    for (const operation of client.operations) {
      const failure = await client.roundTrip(operation);
      if (failure) failures[`${service} ${operation.name}`] = failure;
    }

    const expected = Object.keys(exceptions).filter((name) => name.startsWith(`${service} `));
    expect(client.operations.length).toBeGreaterThan(8);
    // An unexpected failure shows with its difference.
    expect(failures).toEqual(
      Object.fromEntries(expected.map((name) => [name, expect.any(String) as string])),
    );
  },
  60_000,
);

test.each(services)(
  'every modelled error of %s reaches the SDK with its members',
  async (service) => {
    const client = looped(service);
    const failures: Record<string, string> = {};
    for (const error of client.errors) {
      const failure = await client.errorTrip(error);
      if (failure) failures[error[0]] = failure;
    }

    expect(Object.keys(failures)).toEqual(ambiguousErrors[service] ?? []);
  },
);
