import type { ConfigurationRecorder } from '@aws-sdk/client-config-service';
import type { Account } from '../../../checker/account';

/** The recorder that writes down security groups, if there is one, and whether it is on. */
export async function recorderOf({
  config,
}: Pick<Account, 'config'>): Promise<{ name: string | undefined; isOn: boolean }> {
  const [{ ConfigurationRecorders = [] }, { ConfigurationRecordersStatus = [] }] =
    await Promise.all([
      config.describeConfigurationRecorders({}),
      config.describeConfigurationRecorderStatus({}),
    ]);
  const name = ConfigurationRecorders.find(recordsGroups)?.name;
  const status = ConfigurationRecordersStatus.find((each) => each.name === name);
  return { name, isOn: name !== undefined && status?.recording === true };
}

/** All types, the ones that are listed, or all but some. */
export function recordsGroups({ recordingGroup = {} }: ConfigurationRecorder): boolean {
  const { allSupported, resourceTypes = [], exclusionByResourceTypes } = recordingGroup;
  const { resourceTypes: excluded = [] } = exclusionByResourceTypes ?? {};
  if (excluded.length > 0) return !excluded.includes(groupType);
  return allSupported === true || resourceTypes.includes(groupType);
}

// --- internal ---

const groupType = 'AWS::EC2::SecurityGroup';
