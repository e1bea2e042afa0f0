import {
  InvalidConfigurationRecorderNameException,
  InvalidRecordingGroupException,
  InvalidRoleException,
  MaxNumberOfConfigurationRecordersExceededException,
  NoAvailableDeliveryChannelException,
  NoSuchConfigurationRecorderException,
  type ConfigurationRecorder,
  type RecordingGroup,
} from '@aws-sdk/client-config-service';
import { awsError } from '../../errors';
import { refuse } from '../../refuse';
import { tagRecord } from '../../tags';
import { checkRange } from './constraints';
import { discover } from './recording';
import type { ConfigCall, ConfigHandlers, ConfigState, Recorder } from './state';

const recorderType = 'AWS::Config::ConfigurationRecorder';

const nothing: RecordingGroup = {
  allSupported: false,
  includeGlobalResourceTypes: false,
  resourceTypes: [],
};
const everything: RecordingGroup = { ...nothing, allSupported: true };

function strategyOf({ allSupported, recordingStrategy }: RecordingGroup, excluded: unknown[]) {
  if (recordingStrategy?.useOnly) return recordingStrategy.useOnly;
  if (allSupported) return 'ALL_SUPPORTED_RESOURCE_TYPES';
  return excluded.length > 0 ? 'EXCLUSION_BY_RESOURCE_TYPES' : 'INCLUSION_BY_RESOURCE_TYPES';
}

/** The group as AWS shows it: the three ways to say what is recorded agree with each other. */
function completeGroup(group: RecordingGroup = everything): RecordingGroup {
  const excluded = group.exclusionByResourceTypes?.resourceTypes ?? [];
  const useOnly = strategyOf(group, excluded);
  const complete = { ...nothing, ...group };
  const says: Record<typeof useOnly, boolean> = {
    ALL_SUPPORTED_RESOURCE_TYPES: complete.allSupported === true,
    INCLUSION_BY_RESOURCE_TYPES: Boolean(complete.resourceTypes?.length),
    EXCLUSION_BY_RESOURCE_TYPES: excluded.length > 0,
  };
  if (!says[useOnly] || Object.values(says).filter(Boolean).length > 1) {
    throw refuse(InvalidRecordingGroupException, 'The recording group provided is not valid');
  }
  return {
    ...complete,
    exclusionByResourceTypes: { resourceTypes: excluded },
    recordingStrategy: { useOnly },
  };
}

function checkRole({ roleARN = '' }: ConfigurationRecorder): void {
  if (/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/.test(roleARN)) return;
  // The text is not verified.
  throw refuse(InvalidRoleException, `The role ARN '${roleARN}' is not valid.`);
}

const noSuchRecorder = (name: string) =>
  refuse(
    NoSuchConfigurationRecorderException,
    `Cannot find configuration recorder with the specified name '${name}'.`,
  );

function requireRecorder(name: string | undefined, state: ConfigState): Recorder {
  const { recorder } = state;
  if (recorder?.configuration.name !== name || !recorder) throw noSuchRecorder(name ?? '');
  return recorder;
}

/** The recorder, when the names asked for (none means all) are its own. */
function chosen(names: string[] | undefined, { recorder }: ConfigState): Recorder[] {
  const unknown = names?.find((name) => recorder?.configuration.name !== name);
  if (unknown !== undefined) throw noSuchRecorder(unknown);
  return recorder ? [recorder] : [];
}

const announce = (kind: 'CREATE' | 'UPDATE' | 'DELETE', id: string, call: ConfigCall) =>
  call.announce({ kind, type: recorderType, id });

function store(given: ConfigurationRecorder, call: ConfigCall): Recorder {
  const { state } = call;
  const { name = 'default' } = given;
  const arn =
    state.recorder?.configuration.arn ??
    call.arn(`configuration-recorder/${name}/${call.random.hex(16)}`);
  const configuration = {
    ...given,
    name,
    arn,
    recordingGroup: completeGroup(given.recordingGroup),
    recordingMode: given.recordingMode ?? { recordingFrequency: 'CONTINUOUS' as const },
    recordingScope: 'PAID' as const,
  };
  const recorder = state.recorder ?? { configuration, tags: {}, recording: false };
  recorder.configuration = configuration;
  state.recorder = recorder;
  return recorder;
}

function checkName(name: string): void {
  if (name.trim() === '')
    throw refuse(
      InvalidConfigurationRecorderNameException,
      `The configuration recorder name '${name}' is not valid, blank string.`,
    );
}

function checkRecorder(given: ConfigurationRecorder | undefined, state: ConfigState): void {
  const { name = 'default', recordingMode } = given ?? {};
  checkName(name);
  if (state.recorder && state.recorder.configuration.name !== name) {
    throw refuse(
      MaxNumberOfConfigurationRecordersExceededException,
      `Failed to put configuration recorder '${name}' because the maximum number of configuration recorders: 1 is reached.`,
    );
  }
  if (recordingMode?.recordingFrequency === 'DAILY') {
    throw awsError('ValidationException', 'config recorders of frequency DAILY are not emulated');
  }
  checkRole(given ?? {});
}

export const recorders = {
  PutConfigurationRecorder({ ConfigurationRecorder: given, Tags }, call) {
    const known = call.state.recorder !== undefined;
    checkRecorder(given, call.state);
    const recorder = store(given ?? {}, call);
    if (Tags) recorder.tags = tagRecord(Tags);
    announce(known ? 'UPDATE' : 'CREATE', recorder.configuration.name, call);
    if (recorder.recording) call.background(async () => discover(call));
  },

  StartConfigurationRecorder({ ConfigurationRecorderName: name }, call) {
    const recorder = requireRecorder(name, call.state);
    if (!call.state.channel) {
      throw refuse(
        NoAvailableDeliveryChannelException,
        'Delivery channel is not available to start configuration recorder.',
      );
    }
    if (recorder.recording) return;
    recorder.recording = true;
    recorder.lastStartTime = call.now();
    announce('UPDATE', recorder.configuration.name, call);
    call.background(async () => discover(call));
  },

  StopConfigurationRecorder({ ConfigurationRecorderName: name }, call) {
    const recorder = requireRecorder(name, call.state);
    recorder.recording = false;
    recorder.lastStopTime = call.now();
    announce('UPDATE', recorder.configuration.name, call);
  },

  DeleteConfigurationRecorder({ ConfigurationRecorderName: name }, call) {
    const recorder = requireRecorder(name, call.state);
    call.state.recorder = undefined;
    announce('DELETE', recorder.configuration.name, call);
  },

  DescribeConfigurationRecorders({ ConfigurationRecorderNames: names }, { state }) {
    return { ConfigurationRecorders: chosen(names, state).map((one) => one.configuration) };
  },

  DescribeConfigurationRecorderStatus({ ConfigurationRecorderNames: names }, { state }) {
    return {
      ConfigurationRecordersStatus: chosen(names, state).map((one) => ({
        arn: one.configuration.arn,
        name: one.configuration.name,
        recording: one.recording,
        lastStartTime: one.lastStartTime,
        lastStopTime: one.lastStopTime,
        lastStatusChangeTime: one.recording ? one.lastStartTime : one.lastStopTime,
        ...(one.lastStartTime && { lastStatus: 'Success' as const }),
      })),
    };
  },

  ListConfigurationRecorders({ MaxResults }, { state }) {
    checkRange(MaxResults, 'maxResults', [0, 20]);
    return {
      ConfigurationRecorderSummaries: chosen(undefined, state).map(({ configuration }) => ({
        arn: configuration.arn,
        name: configuration.name,
        recordingScope: 'PAID' as const,
      })),
    };
  },
} satisfies ConfigHandlers;
