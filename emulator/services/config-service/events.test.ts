import { EventBridge } from '@aws-sdk/client-eventbridge';
import { SQS } from '@aws-sdk/client-sqs';
import { configAccount } from '../../../test/support/config-account';

/** An account whose events of these sources land in a queue; `events()` takes them out. */
async function account(sources: string[]) {
  const made = configAccount();
  const [events, sqs] = [made.client(EventBridge), made.client(SQS)];
  const arn = 'arn:aws:sqs:us-east-1:000000000000:inbox';
  const { QueueUrl } = await sqs.createQueue({
    QueueName: 'inbox',
    Attributes: {
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: arn,
          },
        ],
      }),
    },
  });
  await events.putRule({ Name: 'all', EventPattern: JSON.stringify({ source: sources }) });
  await events.putTargets({ Rule: 'all', Targets: [{ Id: '1', Arn: arn }] });

  async function received(detailType: string) {
    await made.clock.settle();
    const found: { 'detail-type': string; detail: Record<string, unknown> }[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
      if (Messages.length === 0) break;
      found.push(...Messages.map(({ Body = '' }) => JSON.parse(Body) as (typeof found)[number]));
    }
    return found.filter((event) => event['detail-type'] === detailType);
  }
  return { ...made, received };
}

test('A change of compliance is an event, an evaluation without change is none', async () => {
  const { config, clock, record, makeGroup, open, putRule, received } = await account([
    'aws.config',
  ]);
  await record();
  await putRule();
  const id = await makeGroup();
  await open(id);
  await config.startConfigRulesEvaluation({ ConfigRuleNames: ['ssh'] });
  await clock.settle();
  const events = await received('Config Rules Compliance Change');
  expect(events).toHaveLength(2);
  expect(events[0]?.detail).not.toHaveProperty('oldEvaluationResult');
  expect(events[1]).toMatchObject({
    source: 'aws.config',
    resources: [],
    detail: {
      recordVersion: '1.0',
      messageType: 'ComplianceChangeNotification',
      configRuleName: 'ssh',
      resourceType: 'AWS::EC2::SecurityGroup',
      resourceId: id,
      awsAccountId: '000000000000',
      awsRegion: 'us-east-1',
      newEvaluationResult: {
        complianceType: 'NON_COMPLIANT',
        evaluationResultIdentifier: {
          evaluationResultQualifier: { configRuleName: 'ssh', resourceId: id },
          orderingTimestamp: '2026-01-01T00:00:00.000Z',
        },
      },
      oldEvaluationResult: { complianceType: 'COMPLIANT' },
    },
  });
});

test('A recorded change is an event that shows what changed', async () => {
  const { record, makeGroup, open, received } = await account(['aws.config']);
  await record();
  const id = await makeGroup();
  await open(id);
  const events = await received('Config Configuration Item Change');
  expect(events.at(-1)?.detail).toMatchObject({
    messageType: 'ConfigurationItemChangeNotification',
    configurationItem: { resourceId: id, configurationItemStatus: 'OK' },
    configurationItemDiff: {
      changeType: 'UPDATE',
      changedProperties: { 'Configuration.ipPermissions': { changeType: 'UPDATE' } },
    },
  });
});

test('An automation tells the start and end of itself and of each step', async () => {
  const { ec2, ssm, received } = await account(['aws.ssm']);
  const { GroupId = '' } = await ec2.createSecurityGroup({ GroupName: 'a', Description: 'a' });
  const { AutomationExecutionId: id } = await ssm.startAutomationExecution({
    DocumentName: 'AWS-DisablePublicAccessForSecurityGroup',
    Parameters: { GroupId: [GroupId] },
  });
  const events = await received('EC2 Automation Execution Status-change Notification');
  expect(events.map(({ detail }) => detail['Status'])).toEqual(['InProgress', 'Success']);
  expect(events[1]).toMatchObject({
    resources: [
      `arn:aws:ssm:us-east-1:000000000000:automation-execution/${id}`,
      'arn:aws:ssm:us-east-1::automation-definition/AWS-DisablePublicAccessForSecurityGroup:1',
    ],
    detail: {
      ExecutionId: id,
      Definition: 'AWS-DisablePublicAccessForSecurityGroup',
      DefinitionVersion: 1,
      StartTime: 'Jan 1, 2026 12:00:00 AM',
      EndTime: 'Jan 1, 2026 12:00:00 AM',
      Time: 0,
      ExecutedBy: 'arn:aws:iam::000000000000:root',
    },
  });
});
