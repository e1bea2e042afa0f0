import type { Resource } from '../../changes/resource';
import type { ConfigCall, Recorder, Rule } from './state';

const viewRule = ({ configuration, tags, activatedAt }: Rule): Resource => {
  const { ConfigRuleState: _state, EvaluationModes: _modes, ...properties } = configuration;
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

const viewRecorder = ({ configuration, tags }: Recorder): Resource => ({
  arn: configuration.arn,
  type: 'AWS::Config::ConfigurationRecorder',
  id: configuration.name,
  name: configuration.name,
  tags,
  configuration: {
    Name: configuration.name,
    RoleARN: configuration.roleARN,
    RecordingGroup: configuration.recordingGroup,
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
