import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { SSM } from '@aws-sdk/client-ssm';
import { emulated } from '../../../test/support/emulated';

const account = '000000000000';

const policy = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statement });

async function withRule() {
  const lab = emulated();
  const events = lab.client(EventBridge);
  await events.putRule({ Name: 'orders', EventPattern: '{"source":["shop"]}' });
  return {
    ...lab,
    events,
    happen: async () => {
      await events.putEvents({
        Entries: [{ Source: 'shop', DetailType: 'Order', Detail: '{"name":"/orders/last"}' }],
      });
      await lab.clock.settle();
    },
  };
}

test('a runbook is started by the role of the target, with its parameters', async () => {
  const { client, events, happen } = await withRule();
  const iam = client(IAM);
  const ssm = client(SSM);
  const trusted = (Service: string) =>
    policy({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' });
  await iam.createRole({
    RoleName: 'events',
    AssumeRolePolicyDocument: trusted('events.amazonaws.com'),
  });
  await iam.putRolePolicy({
    RoleName: 'events',
    PolicyName: 'start',
    PolicyDocument: policy({
      Effect: 'Allow',
      Action: ['ssm:StartAutomationExecution', 'ssm:PutParameter'],
      Resource: '*',
    }),
  });
  await ssm.createDocument({
    Name: 'Note',
    DocumentType: 'Automation',
    Content: JSON.stringify({
      schemaVersion: '0.3',
      parameters: { Name: { type: 'String' } },
      mainSteps: [
        {
          name: 'note',
          action: 'aws:executeAwsApi',
          inputs: {
            Service: 'ssm',
            Api: 'PutParameter',
            Name: '{{ Name }}',
            Value: 'seen',
            Type: 'String',
          },
        },
      ],
    }),
  });
  await events.putTargets({
    Rule: 'orders',
    Targets: [
      {
        Id: 'note',
        Arn: `arn:aws:ssm:us-east-1:${account}:automation-definition/Note:$DEFAULT`,
        RoleArn: `arn:aws:iam::${account}:role/events`,
        InputTransformer: {
          InputPathsMap: { name: '$.detail.name' },
          InputTemplate: '{"Name":[<name>]}',
        },
      },
    ],
  });
  await happen();

  await expect(ssm.getParameter({ Name: '/orders/last' })).resolves.toMatchObject({
    Parameter: { Value: 'seen' },
  });
});

test('a rule is measured in CloudWatch', async () => {
  const { client, happen, clock } = await withRule();
  await happen();
  await happen();
  await clock.advance('1m');

  await expect(
    client(CloudWatch).getMetricStatistics({
      Namespace: 'AWS/Events',
      MetricName: 'TriggeredRules',
      Dimensions: [{ Name: 'RuleName', Value: 'orders' }],
      StartTime: new Date('2026-01-01T00:00:00Z'),
      EndTime: new Date('2026-01-01T00:05:00Z'),
      Period: 60,
      Statistics: ['Sum'],
    }),
  ).resolves.toMatchObject({ Datapoints: [{ Sum: 2 }] });
});
