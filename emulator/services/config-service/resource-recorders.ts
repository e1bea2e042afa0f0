import type {
  ConfigService,
  DeliveryChannel,
  RecordingGroup,
  RecordingMode,
} from '@aws-sdk/client-config-service';
import type { Properties, ProviderContext, ResourceProvider } from '../../cloudformation/provider';
import { unlessGone } from '../../cloudformation/unless-gone';

/** The service as CloudFormation's stack calls it. */
export const configOf = (context: ProviderContext): ConfigService =>
  context.client<ConfigService>('config-service');

/** CloudFormation starts a recorder as soon as there is a channel, whichever of the two came last. */
async function startRecorder(name: string, config: ConfigService): Promise<void> {
  await unlessGone(['NoAvailableDeliveryChannelException'], () =>
    config.startConfigurationRecorder({ ConfigurationRecorderName: name }),
  );
}

async function putRecorder(name: string, properties: Properties, context: ProviderContext) {
  const config = configOf(context);
  const {
    RoleARN: roleARN,
    RecordingGroup: group,
    RecordingMode: mode,
  } = properties as {
    RoleARN?: string;
    RecordingGroup?: Capitalized;
    RecordingMode?: Capitalized;
  };
  const recordingGroup = group && lowerKeys<RecordingGroup>(group);
  const recordingMode = mode && lowerKeys<RecordingMode>(mode);
  await config.putConfigurationRecorder({
    ConfigurationRecorder: { name, roleARN, recordingGroup, recordingMode },
  });
  await startRecorder(name, config);
  return { physicalId: name };
}

type Capitalized = { [name: string]: unknown };

/** CloudFormation writes `AllSupported` where the API writes `allSupported`; values stay as they are. */
function lowerKeys<T>(value: Capitalized): T {
  const entries = Object.entries(value).map(([name, member]) => [
    name.charAt(0).toLowerCase() + name.slice(1),
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? lowerKeys(member as Capitalized)
      : flag(member),
  ]);
  return Object.fromEntries(entries) as T;
}

/** Templates may write flags as text. */
export const flag = (value: unknown): unknown =>
  value === 'true' || value === 'false' ? value === 'true' : value;

const nameOf = ({ Name }: Properties): string => (typeof Name === 'string' ? Name : 'default');

export const recorder: ResourceProvider = {
  properties: [
    'Name',
    'RecordingGroup.AllSupported',
    'RecordingGroup.ExclusionByResourceTypes.ResourceTypes',
    'RecordingGroup.IncludeGlobalResourceTypes',
    'RecordingGroup.RecordingStrategy.UseOnly',
    'RecordingGroup.ResourceTypes',
    'RecordingMode.RecordingFrequency',
    'RoleARN',
  ],

  create: (properties, context) => putRecorder(nameOf(properties), properties, context),
  update: (name, { properties }, context) => putRecorder(name, properties, context),
  async delete(name, _properties, context) {
    const config = configOf(context);
    await unlessGone(['NoSuchConfigurationRecorderException'], () =>
      config.deleteConfigurationRecorder({ ConfigurationRecorderName: name }),
    );
  },
};

interface ChannelProperties {
  S3BucketName?: string;
  S3KeyPrefix?: string;
  S3KmsKeyArn?: string;
  SnsTopicARN?: string;
  ConfigSnapshotDeliveryProperties?: {
    DeliveryFrequency?: NonNullable<
      DeliveryChannel['configSnapshotDeliveryProperties']
    >['deliveryFrequency'];
  };
}

async function putChannel(name: string, properties: Properties, context: ProviderContext) {
  const config = configOf(context);
  const given = properties as ChannelProperties;
  await config.putDeliveryChannel({
    DeliveryChannel: {
      name,
      s3BucketName: given.S3BucketName,
      s3KeyPrefix: given.S3KeyPrefix,
      s3KmsKeyArn: given.S3KmsKeyArn,
      snsTopicARN: given.SnsTopicARN,
      configSnapshotDeliveryProperties: given.ConfigSnapshotDeliveryProperties && {
        deliveryFrequency: given.ConfigSnapshotDeliveryProperties.DeliveryFrequency,
      },
    },
  });
  const { ConfigurationRecordersStatus: all = [] } =
    await config.describeConfigurationRecorderStatus({});
  const waiting = all.filter(({ lastStartTime }) => lastStartTime === undefined);
  for (const { name: recorderName = '' } of waiting) await startRecorder(recorderName, config);
  return { physicalId: name };
}

export const channel: ResourceProvider = {
  properties: ['Name', 'S3BucketName', 'S3KeyPrefix', 'SnsTopicARN'],
  stored: ['ConfigSnapshotDeliveryProperties.DeliveryFrequency', 'S3KmsKeyArn'],

  create: (properties, context) => putChannel(nameOf(properties), properties, context),
  update: (name, { properties }, context) => putChannel(name, properties, context),
  async delete(name, _properties, context) {
    const config = configOf(context);
    // A stack that deletes both stops the recorder first: AWS keeps the channel of a running one.
    const { ConfigurationRecorders = [] } = await config.describeConfigurationRecorders({});
    for (const { name: recorderName } of ConfigurationRecorders) {
      await config.stopConfigurationRecorder({ ConfigurationRecorderName: recorderName });
    }
    await unlessGone(['NoSuchDeliveryChannelException'], () =>
      config.deleteDeliveryChannel({ DeliveryChannelName: name }),
    );
  },
};
