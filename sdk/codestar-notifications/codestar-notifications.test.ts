import { CodeStarNotifications } from '.';

interface Sent {
  method: string;
  protocol: string;
  hostname: string;
  path: string;
  headers: Record<string, string>;
}

/** What the client sends for ListNotificationRules; nothing leaves the process. */
async function sentWith(configuration: object): Promise<Sent> {
  let sent: Sent | undefined;
  const client = new CodeStarNotifications({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: {
      handle(request: Sent) {
        sent = request;
        return Promise.reject(new Error('not sent'));
      },
    },
    ...configuration,
  } as never);
  await expect(client.listNotificationRules({})).rejects.toThrow('not sent');
  return sent as unknown as Sent;
}

test('a request goes to the host of the service in its Region, signed for it', async () => {
  const { method, protocol, hostname, path, headers } = await sentWith({});

  expect([method, protocol, hostname, path]).toEqual([
    'POST',
    'https:',
    'codestar-notifications.eu-west-1.amazonaws.com',
    '/listNotificationRules',
  ]);
  expect(headers['authorization']).toContain('/eu-west-1/codestar-notifications/aws4_request');
});

test.each([
  ['in China', { region: 'cn-north-1' }, 'codestar-notifications.cn-north-1.amazonaws.com.cn'],
  ['with FIPS', { useFipsEndpoint: true }, 'codestar-notifications-fips.eu-west-1.amazonaws.com'],
  ['at an endpoint of its own', { endpoint: 'http://scheduler.test:4566' }, 'scheduler.test'],
])('%s it goes to the host that is meant', async (_where, configuration, host) => {
  expect((await sentWith(configuration)).hostname).toBe(host);
});
