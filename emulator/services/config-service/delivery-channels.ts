import {
  InvalidDeliveryChannelNameException,
  InvalidS3KeyPrefixException,
  InvalidS3KmsKeyArnException,
  InvalidSNSTopicARNException,
  LastDeliveryChannelDeleteFailedException,
  MaxNumberOfDeliveryChannelsExceededException,
  NoAvailableConfigurationRecorderException,
  NoSuchBucketException,
  NoSuchDeliveryChannelException,
  type DeliveryChannel,
} from '@aws-sdk/client-config-service';
import { refuse } from '../../refuse';
import { checkDelivery } from './delivery';
import type { ConfigHandlers, ConfigState } from './state';

const type = 'AWS::Config::DeliveryChannel';

const noSuchChannel = (name: string) =>
  refuse(
    NoSuchDeliveryChannelException,
    `Cannot find delivery channel with specified name '${name}'.`,
  );

function checkChannel(given: DeliveryChannel, { recorder, channel }: ConfigState): void {
  const { name = 'default' } = given;
  if (!recorder) {
    throw refuse(
      NoAvailableConfigurationRecorderException,
      'Configuration recorder is not available to put delivery channel.',
    );
  }
  checkBlanks(given);
  if (channel && channel.name !== name) {
    throw refuse(
      MaxNumberOfDeliveryChannelsExceededException,
      `Failed to put delivery channel '${name}' because the maximum number of delivery channels: 1 is reached.`,
    );
  }
}

/** Members that may be absent, but not empty. */
function checkBlanks({
  name,
  s3BucketName,
  s3KeyPrefix,
  snsTopicARN,
  s3KmsKeyArn,
}: DeliveryChannel) {
  if (name?.trim() === '')
    throw refuse(
      InvalidDeliveryChannelNameException,
      `The delivery channel name '${name}' is not valid, blank string.`,
    );
  if (!s3BucketName)
    throw refuse(NoSuchBucketException, 'Cannot find a S3 bucket with an empty bucket name.');
  if (s3KeyPrefix === '')
    throw refuse(
      InvalidS3KeyPrefixException,
      "The s3 key prefix '' is not valid, empty s3 key prefix.",
    );
  if (snsTopicARN === '')
    throw refuse(InvalidSNSTopicARNException, "The sns topic arn '' is not valid.");
  if (s3KmsKeyArn === '')
    throw refuse(InvalidS3KmsKeyArnException, "The arn '' is not a valid kms key or alias arn.");
}

/** The channel, when the names asked for (none means all) are its own. */
function chosen(names: string[] | undefined, { channel }: ConfigState) {
  const unknown = names?.find((name) => channel?.name !== name);
  if (unknown !== undefined) throw noSuchChannel(unknown);
  return channel ? [channel] : [];
}

export const deliveryChannels = {
  async PutDeliveryChannel({ DeliveryChannel: given = {} }, call) {
    checkChannel(given, call.state);
    await checkDelivery(given, call);
    const { name = 'default' } = given;
    const kind = call.state.channel ? 'UPDATE' : 'CREATE';
    call.state.channel = { ...given, name };
    call.announce({ kind, type, id: name });
  },

  DescribeDeliveryChannels({ DeliveryChannelNames: names }, { state }) {
    return { DeliveryChannels: chosen(names, state) };
  },

  DescribeDeliveryChannelStatus({ DeliveryChannelNames: names }, { state }) {
    return {
      DeliveryChannelsStatus: chosen(names, state).map(({ name }) => ({
        name,
        configSnapshotDeliveryInfo: {},
        configHistoryDeliveryInfo: {},
        configStreamDeliveryInfo: {},
      })),
    };
  },

  DeleteDeliveryChannel({ DeliveryChannelName: name = '' }, call) {
    const { state } = call;
    if (state.channel?.name !== name) throw noSuchChannel(name);
    if (state.recorder?.recording) {
      throw refuse(
        LastDeliveryChannelDeleteFailedException,
        `Failed to delete last specified delivery channel with name '${name}', because there, because there is a running configuration recorder.`,
      );
    }
    state.channel = undefined;
    call.announce({ kind: 'DELETE', type, id: name });
  },
} satisfies ConfigHandlers;
