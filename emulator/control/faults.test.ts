import { createEmulator } from '..';

const emulator = createEmulator({ frozenAt: new Date('2026-01-01T00:00:00Z') });
let endpoint = '';

beforeAll(async () => {
  endpoint = `http://127.0.0.1:${await emulator.listen(0)}`;
});

afterAll(() => emulator.close());

afterEach(() => emulator.core.faults.clear());

async function control(method: string, path: string, body?: unknown) {
  const answer = await fetch(`${endpoint}/_lab/faults${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

const callerIdentity = () =>
  fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization:
        'AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=00',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
  });

test('a fault is set, listed with its hits, and cleared by its id', async () => {
  const set = await control('POST', '', { kind: 'throttle', service: 'sts', times: 3 });
  await callerIdentity();

  const listed = await control('GET', '');
  const { id } = set.body as { id: string };
  const cleared = await control('DELETE', `/${id}`);

  expect(listed.body).toEqual([{ kind: 'throttle', service: 'sts', times: 3, id, hits: 1 }]);
  expect(cleared).toEqual({ status: 200, body: { removed: 1 } });
  expect((await callerIdentity()).status).toBe(200);
});

test('all faults are cleared at once', async () => {
  await control('POST', '', { kind: 'throttle', service: 'sts' });
  await control('POST', '', { kind: 'stale', service: 'ec2', duration: '2s' });

  await expect(control('DELETE', '')).resolves.toEqual({ status: 200, body: { removed: 2 } });
});

test('an id that is not there is 404', async () => {
  await expect(control('DELETE', '/fault-99')).resolves.toEqual({
    status: 404,
    body: { error: 'there is no fault "fault-99"' },
  });
});

test('a dropped connection is cut without an answer', async () => {
  await control('POST', '', { kind: 'drop', service: 'sts', times: 1 });

  await expect(callerIdentity()).rejects.toThrow('fetch failed');
  expect((await callerIdentity()).status).toBe(200);
});

test.each([
  [{}, 'kind is one of throttle, deny, error, delay, drop, stale'],
  [{ kind: 'deny' }, 'service is * or one of auto-scaling, cloudformation, '],
  [{ kind: 'deny', service: 'ssn' }, 'service is * or one of auto-scaling, cloudformation, '],
  [{ kind: 'error', service: 'ssm' }, 'error needs code'],
  [{ kind: 'delay', service: 'ssm', duration: 'soon' }, 'duration is a duration such as "2s"'],
  [{ kind: 'stale', service: 'ssm' }, 'stale needs duration or changes'],
  [{ kind: 'drop', service: 'ssm', times: 0 }, 'times is how many requests it hits'],
  [
    { kind: 'throttle', service: 'ssm', code: 'x' },
    'throttle takes operation, account, region, times, probability, inside, not "code"',
  ],
  [{ kind: 'throttle', service: 'ssm', probability: 2 }, 'probability is a number from 0 to 1'],
])('%j is refused', async (fault, error) => {
  const { status, body } = await control('POST', '', fault);

  expect(status).toBe(400);
  expect((body as { error: string }).error).toContain(error);
});
