import type { Resource } from '../../changes/resource';
import type { ConfigCall, Recorder, Rule } from './state';

const viewRule = ({ configuration, tags, activatedAt }: Rule): Resource => {
  const { ConfigRuleState: _state, ...properties } = configuration;
  return {
    arn: configuration.ConfigRuleArn,
    type: 'AWS::Config::ConfigRule',
    id: configuration.ConfigRuleName,
    name: configuration.ConfigRuleName,
    tags,
    configuration: properties,
    createdAt: activatedAt,
  };
};

/** CloudFormation writes `AllSupported` where the API writes `allSupported`. */
function upperKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      upperKeys(member),
    ]),
  );
}

const viewRecorder = ({ configuration, tags }: Recorder): Resource => ({
  arn: configuration.arn,
  type: 'AWS::Config::ConfigurationRecorder',
  id: configuration.name,
  name: configuration.name,
  tags,
  configuration: {
    Name: configuration.name,
    RoleARN: configuration.roleARN,
    RecordingGroup: upperKeys(configuration.recordingGroup),
    RecordingMode: upperKeys(configuration.recordingMode),
  },
});

/** Rules, recorder, delivery channel and remediations. */
export const view = ({ state, arn }: ConfigCall): Resource[] => [
  ...[...state.rules.values()].map(viewRule),
  ...(state.recorder ? [viewRecorder(state.recorder)] : []),
  ...[state.channel ?? []].flat().map((channel) => ({
    arn: arn(`delivery-channel/${channel.name}`),
    type: 'AWS::Config::DeliveryChannel',
    id: channel.name,
    name: channel.name,
    tags: {},
    configuration: {
      Name: channel.name,
      S3BucketName: channel.s3BucketName,
      ...(channel.s3KeyPrefix !== undefined && { S3KeyPrefix: channel.s3KeyPrefix }),
      ...(channel.s3KmsKeyArn !== undefined && { S3KmsKeyArn: channel.s3KmsKeyArn }),
      ...(channel.configSnapshotDeliveryProperties && {
        ConfigSnapshotDeliveryProperties: upperKeys(channel.configSnapshotDeliveryProperties),
      }),
      ...(channel.snsTopicARN !== undefined && { SnsTopicARN: channel.snsTopicARN }),
    },
  })),
  ...[...state.remediations.values()].map(({ Arn, ...remediation }) => ({
    arn: Arn ?? '',
    type: 'AWS::Config::RemediationConfiguration',
    id: remediation.ConfigRuleName,
    tags: {},
    configuration: remediation,
  })),
];
