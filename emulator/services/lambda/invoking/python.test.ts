import { accountWithRole } from '../../../../test/support/functions';
import { isInstalled } from '../../../../test/support/run';

const withPython = isInstalled('python3', '--version') ? describe : describe.skip;
const python = { Runtime: 'python3.12' };

withPython('on a machine with python3', () => {
  test('a Python handler gets event and context, logs, and sees simulated time', async () => {
    const { clock, create, invoke } = await accountWithRole();
    await create(
      {
        'index.py': `
import datetime, logging, time
logging.getLogger().setLevel('INFO')

def handler(event, context):
    print('plain')
    logging.info('careful %s', event['id'])
    return {
        'id': event['id'],
        'name': context.function_name,
        'left': context.get_remaining_time_in_millis() <= 30000,
        'utc': datetime.datetime.now(datetime.timezone.utc).isoformat()[:18],
        'seconds': int(time.time()) // 10,
    }
`,
      },
      python,
    );
    await clock.advance('1h');

    const { payload, error, log } = await invoke({ id: 7 });

    expect(error).toBeUndefined();
    expect(payload).toEqual({
      id: 7,
      name: 'orders',
      left: true,
      utc: '2026-01-01T01:00:0',
      seconds: 176_722_920,
    });
    expect(log).toMatch(
      /\nplain\n\[INFO\]\t2026-01-01T01:00:0\d\.\d{3}Z\t[0-9a-f-]{36}\tcareful 7\n/,
    );
  });

  test.each([
    [
      'def handler(event, context):\n    return event["sku"]\n',
      {},
      {
        errorType: 'KeyError',
        errorMessage: "'sku'",
        stackTrace: [expect.stringContaining('File "/var/task/index.py", line 2, in handler')],
      },
    ],
    [
      'handler = 1',
      { Handler: 'app.handler' },
      {
        errorType: 'Runtime.ImportModuleError',
        errorMessage: "Unable to import module 'app': No module named 'app'",
      },
    ],
    [
      'other = 1',
      {},
      {
        errorType: 'Runtime.HandlerNotFound',
        errorMessage: "Handler 'handler' missing on module 'index'",
      },
    ],
    [
      'import sys\ndef handler(event, context):\n    sys.exit(4)\n',
      {},
      {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(/Error: Runtime exited with error: exit status 4$/),
      },
    ],
  ])('%j answers what AWS’s runtime says of it', async (code, more, expected) => {
    const { create, invoke } = await accountWithRole();
    await create({ 'index.py': code }, { ...python, ...more });

    const { payload, error } = await invoke();

    expect(error).toBe('Unhandled');
    expect(payload).toMatchObject(expected);
  });
});

test('on a machine without python3 a Python function is refused by name when it is called (text unverified: it is ours)', async () => {
  const { create, invoke } = await accountWithRole();
  await create({ 'index.py': 'def handler(event, context): pass' }, python);
  const path = process.env['PATH'];
  process.env['PATH'] = '/nowhere';
  try {
    await expect(invoke()).rejects.toMatchObject({
      name: 'InvalidRuntimeException',
      message: "Functions of python3.12 run on this machine's python3, and there is none.",
    });
  } finally {
    process.env['PATH'] = path;
  }
});
