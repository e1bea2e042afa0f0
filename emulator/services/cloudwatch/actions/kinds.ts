import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { Lambda } from '@aws-sdk/client-lambda';
import type { SNS } from '@aws-sdk/client-sns';
import type { SSM } from '@aws-sdk/client-ssm';
import { awsError } from '../../../errors';
import { eventConfiguration, eventState } from '../alarms/events';
import { awsDate } from '../alarms/text';
import type { CloudWatchCall } from '../state';
import { type Happening, messageOf, subjectOf } from './message';

const itself = 'cloudwatch.amazonaws.com';

/** A kind of action that alarms here can take. */
interface ActionKind {
  pattern: RegExp;
  isForComposites: boolean;
  /** Answers what the history is to tell of it; fails as the other service does. */
  run: (
    arn: string,
    happening: Happening,
    call: CloudWatchCall,
  ) => Promise<Record<string, unknown>>;
}

async function publish(arn: string, happening: Happening, call: CloudWatchCall) {
  const sns = call.client<SNS>('sns', call.asService(itself, happening.alarm.arn));
  const [Subject, Message] = [subjectOf(happening), messageOf(happening)];
  const { MessageId } = await sns.publish({ TopicArn: arn, Subject, Message });
  return { publishedMessage: Message, messageId: MessageId };
}

async function invoke(arn: string, happening: Happening, call: CloudWatchCall) {
  const { alarm, before, accountId, region } = happening;
  const caller = call.asService('lambda.alarms.cloudwatch.amazonaws.com', alarm.arn);
  const payload = {
    source: 'aws.cloudwatch',
    alarmArn: alarm.arn,
    accountId,
    time: awsDate(alarm.state.updatedAt),
    region,
    alarmData: {
      alarmName: alarm.name,
      state: eventState(alarm.state),
      previousState: eventState(before),
      configuration: eventConfiguration(alarm),
    },
  };
  await call.client<Lambda>('lambda', caller).invoke({
    FunctionName: arn,
    InvocationType: 'Event',
    Payload: Buffer.from(JSON.stringify(payload)),
  });
  return {};
}

async function openItem(arn: string, happening: Happening, call: CloudWatchCall) {
  const [, severity, category] = /:opsitem:([1-4])(?:#CATEGORY=(\w+))?$/.exec(arn) ?? [];
  const { alarm } = happening;
  const ssm = call.client<SSM>('ssm', call.asService(itself, alarm.arn));
  const { OpsItemId } = await ssm.createOpsItem({
    Title: `CloudWatch alarm - '${alarm.name}' is in ${alarm.state.value} state`,
    Description: `CloudWatch alarm state change for alarm '${alarm.name}' (ARN: '${alarm.arn}') to ${alarm.state.value} at ${awsDate(alarm.state.updatedAt)}: ${alarm.state.reason}`,
    Source: 'CloudWatch',
    Severity: severity,
    ...(category === undefined ? {} : { Category: category }),
    OperationalData: {
      '/aws/dedup': {
        Type: 'SearchableString',
        Value: JSON.stringify({ dedupString: `CloudWatch:${alarm.arn}` }),
      },
      '/aws/resources': { Type: 'SearchableString', Value: JSON.stringify([{ arn: alarm.arn }]) },
    },
  });
  return { opsItemId: OpsItemId };
}

async function actOnInstance(arn: string, { alarm }: Happening, call: CloudWatchCall) {
  const dimensions = alarm.kind === 'MetricAlarm' ? (alarm.settings.Dimensions ?? []) : [];
  const instance = dimensions.find(({ Name }) => Name === 'InstanceId')?.Value;
  // The text was not verified; PutMetricAlarm refuses such an alarm already.
  if (instance === undefined) throw awsError('InvalidParameterValue', 'No InstanceId dimension');
  const ec2 = call.client<EC2>('ec2', call.asService(itself, alarm.arn));
  const InstanceIds = [instance];
  if (arn.endsWith(':stop')) await ec2.stopInstances({ InstanceIds });
  else if (arn.endsWith(':terminate')) await ec2.terminateInstances({ InstanceIds });
  else await ec2.rebootInstances({ InstanceIds });
  return { instanceId: instance };
}

/** Auto Scaling looks at the alarm itself, and goes on asking while it stays in the state. */
async function scale(arn: string, { alarm }: Happening, call: CloudWatchCall) {
  const scaling = call.client<AutoScaling>('auto-scaling', call.asService(itself, alarm.arn));
  await scaling.executePolicy({ PolicyName: arn });
  return {};
}

export const actionKinds: ActionKind[] = [
  { pattern: /^arn:aws:sns:[\w-]+:\d{12}:[\w-]+$/, isForComposites: true, run: publish },
  {
    pattern: /^arn:aws:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/,
    isForComposites: true,
    run: invoke,
  },
  {
    pattern: /^arn:aws:ssm:[\w-]+:\d{12}:opsitem:[1-4](#CATEGORY=\w+)?$/,
    isForComposites: true,
    run: openItem,
  },
  {
    pattern: /^arn:aws:automate:[\w-]+:ec2:(stop|terminate|reboot)$/,
    isForComposites: false,
    run: actOnInstance,
  },
  {
    pattern: /^arn:aws:autoscaling:[\w-]+:\d{12}:scalingPolicy:[\w-]+:autoScalingGroupName\/.+$/,
    isForComposites: false,
    run: scale,
  },
];

/** What AWS takes as an action and this emulator does not, by the beginning of the ARN. */
export const refusedActions: [RegExp, string][] = [
  [/^arn:aws:automate:[\w-]+:ec2:recover$/, 'The EC2 action recover is'],
  [/^arn:aws:swf:/, 'EC2 actions of alarms through SWF are'],
  [/^arn:aws:ssm-incidents:/, 'Incident Manager actions of alarms are'],
  [/^arn:aws:aiops:/, 'Investigations as actions of alarms are'],
];
