import type { SNS } from '@aws-sdk/client-sns';
import { asText } from '../../cloudformation/as-text';
import type { Properties, ResourceProvider } from '../../cloudformation/provider';
import { table } from '../../table';

const stored = ['DeliveryPolicy'];
const names = [
  'RawMessageDelivery',
  'FilterPolicyScope',
  'FilterPolicy',
  'RedrivePolicy',
  ...stored,
];

const attributesOf = (properties: Properties): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) =>
      properties[name] === undefined ? [] : [[name, asText(properties[name])]],
    ),
  );

/** What an attribute goes back to when a template no longer sets it. */
const resets: Record<string, string> = table({
  RawMessageDelivery: 'false',
  FilterPolicyScope: 'MessageAttributes',
});

/** AWS::SNS::Subscription; Ref answers its ARN. */
export const subscription: ResourceProvider = {
  properties: [
    'Endpoint',
    'FilterPolicy',
    'FilterPolicyScope',
    'Protocol',
    'RawMessageDelivery',
    'RedrivePolicy',
    'TopicArn',
  ],
  stored,

  async create(properties, context) {
    const { SubscriptionArn = '' } = await context.client<SNS>('sns').subscribe({
      TopicArn: asText(properties['TopicArn']),
      Protocol: asText(properties['Protocol']),
      ...(properties['Endpoint'] === undefined ? {} : { Endpoint: asText(properties['Endpoint']) }),
      Attributes: attributesOf(properties),
      ReturnSubscriptionArn: true,
    });
    return { physicalId: SubscriptionArn, attributes: { Arn: SubscriptionArn } };
  },

  async update(arn, { properties, previous }, context) {
    const sns = context.client<SNS>('sns');
    const [wanted, before] = [attributesOf(properties), attributesOf(previous)];
    for (const name of names) {
      if (wanted[name] === before[name]) continue;
      await sns.setSubscriptionAttributes({
        SubscriptionArn: arn,
        AttributeName: name,
        AttributeValue: wanted[name] ?? resets[name] ?? '',
      });
    }
    return { physicalId: arn, attributes: { Arn: arn } };
  },

  async delete(arn, _properties, context) {
    await context.client<SNS>('sns').unsubscribe({ SubscriptionArn: arn });
  },
};
