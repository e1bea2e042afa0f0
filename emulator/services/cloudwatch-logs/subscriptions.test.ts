import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { gunzipSync } from 'node:zlib';
import { accountWithRole } from '../../../test/support/functions';

const start = Date.parse('2026-01-01T00:00:00Z');
const destinationArn = 'arn:aws:lambda:us-east-1:000000000000:function:orders';

/** Writes what it gets as one line, base64 and gzip still on. */
const receiver =
  'exports.handler = async ({ awslogs }) => process.stdout.write(`got ${awslogs.data}\\n`);';

async function withReceiver(Principal = 'logs.amazonaws.com') {
  const lab = await accountWithRole();
  const logs = lab.client(CloudWatchLogs);
  await logs.createLogGroup({ logGroupName: '/shop' });
  await logs.createLogStream({ logGroupName: '/shop', logStreamName: 'one' });
  await lab.create(receiver);
  const permit = () =>
    lab.lambda.addPermission({
      FunctionName: 'orders',
      StatementId: 'logs',
      Action: 'lambda:InvokeFunction',
      Principal,
      SourceArn: 'arn:aws:logs:us-east-1:000000000000:log-group:/shop:*',
    });
  const subscribe = (more: object = {}) =>
    logs.putSubscriptionFilter({
      logGroupName: '/shop',
      filterName: 'errors',
      filterPattern: 'ERROR',
      destinationArn,
      ...more,
    });
  /** What the function got, in order. */
  const received = async () => {
    await lab.clock.settle();
    const { events = [] } = await logs.filterLogEvents({
      logGroupName: '/aws/lambda/orders',
      filterPattern: 'got',
    });
    return events.map(
      ({ message = '' }) =>
        JSON.parse(
          gunzipSync(Buffer.from(message.replace('got ', '').trim(), 'base64')).toString(),
        ) as Record<string, unknown>,
    );
  };
  return { ...lab, logs, permit, subscribe, received };
}

describe('a subscription filter to a function', () => {
  test('sends a control message first, and then the events that match, gzipped', async () => {
    const { logs, clock, permit, subscribe, received } = await withReceiver();
    await permit();
    await subscribe();
    await clock.advance('1s');
    await logs.putLogEvents({
      logGroupName: '/shop',
      logStreamName: 'one',
      logEvents: [
        { timestamp: start, message: 'ERROR one' },
        { timestamp: start + 1, message: 'fine' },
      ],
    });

    const [control, data, ...more] = await received();

    expect(control).toMatchObject({
      messageType: 'CONTROL_MESSAGE',
      owner: 'CloudwatchLogs',
      logEvents: [
        { message: 'CWL CONTROL MESSAGE: Checking health of destination Lambda function.' },
      ],
    });
    expect(data).toEqual({
      messageType: 'DATA_MESSAGE',
      owner: '000000000000',
      logGroup: '/shop',
      logStream: 'one',
      subscriptionFilters: ['errors'],
      logEvents: [
        { id: expect.stringMatching(/^\d{56}$/) as string, timestamp: start, message: 'ERROR one' },
      ],
    });
    expect(more).toEqual([]);
  });

  test('works with the principal of the Region, too', async () => {
    const { permit, subscribe, received } = await withReceiver('logs.us-east-1.amazonaws.com');
    await permit();

    await subscribe();

    expect(await received()).toHaveLength(1);
  });

  test('needs the function’s permission', async () => {
    const { logs, subscribe } = await withReceiver();

    await expect(subscribe()).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    const { subscriptionFilters } = await logs.describeSubscriptionFilters({
      logGroupName: '/shop',
    });
    expect(subscriptionFilters).toEqual([]);
  });

  test('is one of two at most, and can be deleted', async () => {
    const { logs, permit, subscribe } = await withReceiver();
    await permit();
    await subscribe();
    await subscribe({ filterName: 'all', filterPattern: '' });

    await expect(subscribe({ filterName: 'third' })).rejects.toMatchObject({
      name: 'LimitExceededException',
    });
    await logs.deleteSubscriptionFilter({ logGroupName: '/shop', filterName: 'all' });
    const { subscriptionFilters } = await logs.describeSubscriptionFilters({
      logGroupName: '/shop',
    });
    expect(subscriptionFilters).toEqual([
      {
        filterName: 'errors',
        logGroupName: '/shop',
        filterPattern: 'ERROR',
        destinationArn,
        distribution: 'ByLogStream',
        applyOnTransformedLogs: false,
        creationTime: start,
      },
    ]);
  });

  test('of a group to the function that writes to it is refused (text unverified: it is ours)', async () => {
    const { logs, subscribe } = await withReceiver();
    await logs.createLogGroup({ logGroupName: '/aws/lambda/orders' });

    await expect(subscribe({ logGroupName: '/aws/lambda/orders' })).rejects.toThrow(
      '/aws/lambda/orders calling its own function without end is not emulated',
    );
  });

  test('to a destination that is not there is refused (text unverified)', async () => {
    const { subscribe } = await withReceiver();

    await expect(
      subscribe({ destinationArn: 'arn:aws:logs:us-east-1:111111111111:destination:none' }),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message:
        'Could not deliver test message to specified destination. Check if the destination is valid.',
    });
  });

  test.each([
    {
      name: 'AccessDeniedException',
      more: { destinationArn: 'arn:aws:lambda:us-east-1:111111111111:function:orders' },
      message:
        'Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.',
      source: 'LocalStack test_logs_subscription_filters.py',
    },
    {
      name: 'InvalidParameterException',
      more: { destinationArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/orders' },
      message: 'destinationArn for vendor kinesis cannot be used without roleArn',
      source: 'LocalStack test_logs_subscription_filters.py',
    },
    {
      name: 'InvalidParameterException',
      more: { roleArn: 'arn:aws:iam::000000000000:role/logs' },
      message: 'destinationArn for vendor lambda cannot be used with roleArn',
      source: 'https://github.com/badmintoncryer/cdk-preflight',
    },
    {
      name: 'InvalidParameterException',
      more: { destinationArn: 'arn:aws:sqs:us-east-1:000000000000:orders' },
      message: 'PutSubscriptionFilter operation cannot work with destinationArn for vendor sqs',
      source: 'https://github.com/badmintoncryer/cdk-preflight',
    },
  ])('with $more is refused: $message ($source)', async ({ more, name, message }) => {
    const { subscribe } = await withReceiver();

    await expect(subscribe(more)).rejects.toMatchObject({ name, message });
  });
});
