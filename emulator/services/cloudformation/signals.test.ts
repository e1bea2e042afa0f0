import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { emulated } from '../../../test/support/emulated';

function setUp() {
  const emulator = emulated();
  const { client, clock, core } = emulator;
  const cfn = client(CloudFormation);
  return {
    ...emulator,
    cfn,
    /** Sends a signal to the handle of a stack, as `curl -X PUT` would. */
    put: async (StackName: string, signal: object): Promise<number> => {
      const { StackResourceDetail: handle } = await cfn.describeStackResource({
        StackName,
        LogicalResourceId: 'Handle',
      });
      const { pathname: path, search } = new URL(handle?.PhysicalResourceId ?? '');
      const body = new TextEncoder().encode(JSON.stringify(signal));
      const query = search.slice(1);
      const answer = await core.handle({ method: 'PUT', path, query, headers: {}, body });
      await clock.settle();
      return answer.status;
    },
    stack: async (StackName: string) => {
      const { Stacks: [stack] = [] } = await cfn.describeStacks({ StackName });
      return stack;
    },
    history: async (StackName: string) => {
      const { StackEvents: events = [] } = await cfn.describeStackEvents({ StackName });
      return events
        .toReversed()
        .map(({ LogicalResourceId: id, ResourceStatus: status, ResourceStatusReason: reason }) =>
          [id, status, reason].filter(Boolean).join(' '),
        )
        .filter((line) => line.startsWith('Wait '));
    },
  };
}

const handled = (Count = 1) => ({
  TemplateBody: JSON.stringify({
    Resources: {
      Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
      Wait: {
        Type: 'AWS::CloudFormation::WaitCondition',
        Properties: { Handle: { Ref: 'Handle' }, Timeout: '300', Count },
      },
    },
    Outputs: { Data: { Value: { 'Fn::GetAtt': 'Wait.Data' } } },
  }),
});

const signalled = {
  TemplateBody: JSON.stringify({
    Resources: {
      Wait: {
        Type: 'AWS::CloudFormation::WaitCondition',
        CreationPolicy: { ResourceSignal: { Count: 2, Timeout: 'PT10M' } },
      },
    },
  }),
  OnFailure: 'DO_NOTHING' as const,
};

test('a wait condition waits for as many senders as it counts and keeps their data', async () => {
  const { cfn, put, stack } = setUp();
  await cfn.createStack({ StackName: 's', ...handled(2) });

  expect(await put('s', { Status: 'SUCCESS', UniqueId: 'a', Data: 'one', Reason: '' })).toBe(200);
  await put('s', { Status: 'SUCCESS', UniqueId: 'a', Data: 'again', Reason: '' });
  await put('s', { Status: 'PERHAPS', UniqueId: 'b' });
  expect(await stack('s')).toMatchObject({ StackStatus: 'CREATE_IN_PROGRESS' });
  await put('s', { Status: 'SUCCESS', UniqueId: 'b', Data: 'two', Reason: '' });

  expect(await stack('s')).toMatchObject({
    StackStatus: 'CREATE_COMPLETE',
    Outputs: [{ OutputKey: 'Data', OutputValue: '{"a":"one","b":"two"}' }],
  });
});

test('a wait condition fails on a failure signal', async () => {
  const { cfn, history, put } = setUp();
  await cfn.createStack({ StackName: 's', OnFailure: 'DO_NOTHING', ...handled() });

  await put('s', { Status: 'FAILURE', UniqueId: 'i-1', Reason: 'no disk', Data: '' });

  expect(await history('s')).toEqual([
    'Wait CREATE_IN_PROGRESS',
    "Wait CREATE_FAILED WaitCondition received failed message: 'no disk' for uniqueId: i-1",
  ]);
});

test('a wait condition fails when its time is over', async () => {
  const { cfn, clock, history } = setUp();
  await cfn.createStack({ StackName: 's', OnFailure: 'DO_NOTHING', ...handled(2) });

  await clock.advance('5m');

  expect(await history('s')).toEqual([
    'Wait CREATE_IN_PROGRESS',
    'Wait CREATE_FAILED WaitCondition timed out. Received 0 conditions when expecting 2',
  ]);
});

test('a creation policy waits for SignalResource', async () => {
  const { cfn, clock, history } = setUp();
  const signal = { StackName: 's', LogicalResourceId: 'Wait', Status: 'SUCCESS' as const };
  await cfn.createStack({ StackName: 's', ...signalled });

  await cfn.signalResource({ ...signal, UniqueId: 'i-1' });
  await cfn.signalResource({ ...signal, UniqueId: 'i-1' });
  await cfn.signalResource({ ...signal, UniqueId: 'i-2' });
  await clock.settle();

  expect(await history('s')).toEqual([
    'Wait CREATE_IN_PROGRESS',
    'Wait CREATE_IN_PROGRESS Resource creation Initiated',
    'Wait CREATE_IN_PROGRESS Received SUCCESS signal with UniqueId i-1',
    'Wait CREATE_IN_PROGRESS Received SUCCESS signal with UniqueId i-2',
    'Wait CREATE_COMPLETE',
  ]);
  await expect(cfn.signalResource({ ...signal, UniqueId: 'i-3' })).rejects.toThrow();
});

test('a creation policy fails on a failure signal', async () => {
  const { cfn, clock, history } = setUp();
  await cfn.createStack({ StackName: 's', ...signalled });

  await cfn.signalResource({
    StackName: 's',
    LogicalResourceId: 'Wait',
    UniqueId: 'i-1',
    Status: 'FAILURE',
  });
  await clock.settle();

  expect((await history('s')).slice(2)).toEqual([
    'Wait CREATE_IN_PROGRESS Received FAILURE signal with UniqueId i-1',
    'Wait CREATE_FAILED Received FAILURE signal with UniqueId i-1',
  ]);
});

test('a creation policy fails when its time is over', async () => {
  const { cfn, clock, history } = setUp();
  await cfn.createStack({ StackName: 's', ...signalled });

  await clock.advance('10m');

  expect((await history('s')).slice(2)).toEqual([
    'Wait CREATE_FAILED Failed to receive 2 resource signal(s) within the specified duration',
  ]);
});
