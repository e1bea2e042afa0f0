import { delimiter, dirname } from 'node:path';

export interface SessionCredentials {
  AccessKeyId?: string | undefined;
  SecretAccessKey?: string | undefined;
  SessionToken?: string | undefined;
}

/** Of this machine's variables, those that a program needs to run; nothing that could be a secret. */
const machine = ['PATH', 'LANG', 'LC_ALL', 'SystemRoot', 'PYENV_ROOT', 'PYENV_VERSION'];

/**
 * Variables of a process that runs learner code: how it reaches this emulator, in which Region and
 * as whom. Programs are found as on this machine, `node` being the one that runs the emulator.
 */
export function childEnvironment(options: {
  address: string;
  region: string;
  credentials: SessionCredentials;
  /** For temporary files and the home folder. */
  folder: string;
}): Record<string, string> {
  const { address, region, credentials, folder } = options;
  const known = machine.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  const found = Object.fromEntries(known) as Record<string, string>;
  return {
    ...found,
    PATH: [dirname(process.execPath), found['PATH'] ?? ''].join(delimiter),
    HOME: folder,
    TMPDIR: folder,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: credentials.SecretAccessKey ?? '',
    AWS_SESSION_TOKEN: credentials.SessionToken ?? '',
    AWS_ENDPOINT_URL: address,
    AWS_ENDPOINT_URL_S3: address,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

/** Addresses of this emulator that were handed out before it began to listen elsewhere. */
export const withAddress = (value: string, address: string): string =>
  value.replace(/^http:\/\/127\.0\.0\.1:\d+(?=\/\d{12}\/[\w.-]+$)/, address);
