import type { STS } from '@aws-sdk/client-sts';
import { LearnerError } from '../errors';
import { readJson } from '../files';
import { labFile, shown } from '../home';
import type { Target } from './target';
import { wallClock } from './wall-clock';

/** A real account: only one that the learner has named as a sandbox in `.lab/config.json`. */
export async function openAws(profile: string | undefined): Promise<Target> {
  refuseOtherEndpoints();
  const { accountId, region } = await whoAmI(profile);
  if (!allowedAccounts().includes(accountId)) {
    throw new LearnerError('ACCOUNT_NOT_ALLOWED', [accountId, shown(allowList())]);
  }
  return {
    name: 'aws',
    accountId,
    connection: { region, ...(profile && { profile }) },
    environment: {
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      CDK_HOME: labFile('cdk'),
      ...(profile && { AWS_PROFILE: profile }),
    },
    clock: wallClock,
  };
}

/** A shell that still holds `lab env` would send half of the calls to the emulator. */
function refuseOtherEndpoints(): void {
  const [variable] = Object.keys(process.env).filter((name) => name.startsWith('AWS_ENDPOINT_URL'));
  if (variable) throw new LearnerError('ENDPOINT_VARIABLE_SET', [variable]);
}

async function whoAmI(profile: string | undefined): Promise<{ accountId: string; region: string }> {
  const { STS: Client } = require('@aws-sdk/client-sts') as { STS: typeof STS };
  const sts = new Client(profile ? { profile } : {});
  try {
    const [{ Account: accountId = '' }, region] = await Promise.all([
      sts.getCallerIdentity(),
      sts.config.region(),
    ]);
    return { accountId, region };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LearnerError('CREDENTIALS_REFUSED', [reason], { cause: error });
  }
}

/** The file in which the learner names the accounts that are sandboxes. */
export const allowList = (): string => labFile('config.json');

/** The accounts on it. */
export function allowedAccounts(): string[] {
  const file = allowList();
  const config = readJson(file, isConfig);
  if (config === 'damaged') throw new LearnerError('FILE_DAMAGED', [shown(file)]);
  return config?.allowedAccounts ?? [];
}

function isConfig(value: unknown): value is { allowedAccounts: string[] } {
  if (typeof value !== 'object' || value === null || !('allowedAccounts' in value)) return false;
  return (
    Array.isArray(value.allowedAccounts) &&
    value.allowedAccounts.every((id) => typeof id === 'string')
  );
}
