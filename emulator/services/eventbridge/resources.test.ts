import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { emulated } from '../../../test/support/emulated';

const arn = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;

const template = (state: string, targets: string[]): string =>
  JSON.stringify({
    Resources: {
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'shop' } },
      Partner: {
        Type: 'AWS::Events::EventBusPolicy',
        Properties: {
          EventBusName: { Ref: 'Bus' },
          StatementId: 'partner',
          Action: 'events:PutEvents',
          Principal: '111111111111',
        },
      },
      Orders: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventPattern: { source: ['shop'] },
          State: state,
          Targets: targets.map((name) => ({ Id: name, Arn: arn(name) })),
        },
      },
      OnBus: {
        Type: 'AWS::Events::Rule',
        Properties: {
          Name: 'orders',
          EventBusName: { Ref: 'Bus' },
          EventPattern: { source: ['shop'] },
        },
      },
    },
    Outputs: { Rule: { Value: { Ref: 'Orders' } }, OnBus: { Value: { Ref: 'OnBus' } } },
  });

async function deployed() {
  const lab = emulated();
  const stacks = lab.client(CloudFormation);
  const events = lab.client(EventBridge);
  await stacks.createStack({ StackName: 'shop', TemplateBody: template('ENABLED', ['a', 'b']) });
  await lab.clock.settle();
  const { Stacks: [stack] = [] } = await stacks.describeStacks({ StackName: 'shop' });
  const outputs = Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  );
  const rule: string = outputs['Rule'] ?? '';
  async function targets() {
    const { Targets = [] } = await events.listTargetsByRule({ Rule: rule });
    return Targets.map(({ Id }) => Id);
  }
  return { ...lab, stacks, events, stack, outputs, rule, targets };
}

describe('a stack with rules', () => {
  test('makes them with their targets, on both buses', async () => {
    const { events, stack, outputs, rule, targets } = await deployed();

    expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
    expect(outputs['OnBus']).toBe('shop|orders');
    expect(await targets()).toEqual(['a', 'b']);
    await expect(events.describeRule({ Name: rule })).resolves.toMatchObject({
      EventPattern: '{"source":["shop"]}',
      State: 'ENABLED',
    });
    await expect(events.describeEventBus({ Name: 'shop' })).resolves.toMatchObject({
      Policy: expect.stringContaining('"Sid":"partner"'),
    });
  });

  test('changes them in place', async () => {
    const { stacks, events, clock, rule, targets } = await deployed();

    await stacks.updateStack({
      StackName: 'shop',
      TemplateBody: template('DISABLED', ['b', 'c']),
    });
    await clock.settle();

    expect(await targets()).toEqual(['b', 'c']);
    await expect(events.describeRule({ Name: rule })).resolves.toMatchObject({ State: 'DISABLED' });
  });

  test('leaves nothing behind', async () => {
    const { stacks, events, clock } = await deployed();

    await stacks.deleteStack({ StackName: 'shop' });
    await clock.settle();

    expect((await events.listRules({})).Rules).toEqual([]);
    expect((await events.listEventBuses({})).EventBuses?.map(({ Name }) => Name)).toEqual([
      'default',
    ]);
  });
});
