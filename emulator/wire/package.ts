import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ownPackages = join(__dirname, '..', '..', 'sdk');

/**
 * What the SDK package of a service exports: its client, commands and schemas. The folder `sdk/`
 * stands for packages that have no run-time schemas.
 */
export function packageOf(service: string): Record<string, unknown> {
  // eslint-disable-next-line typescript/no-require-imports -- loaded on first use: ec2 alone costs 127 ms
  if (!hasOwnPackage(service)) return require(`@aws-sdk/client-${service}`);
  // eslint-disable-next-line typescript/no-require-imports -- as above
  return (require(join(ownPackages, service)) as { default: Record<string, unknown> }).default;
}

/** Whether a package of ours stands for the SDK's. */
export const hasOwnPackage = (service: string): boolean => existsSync(join(ownPackages, service));
