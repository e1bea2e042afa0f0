import { existsSync } from 'node:fs';
import { join } from 'node:path';

const services = join(__dirname, '..', 'services');

/**
 * What the SDK package of a service exports: its client, commands and schemas. A service whose
 * package has no run-time schemas brings the same in its folder's `model.ts`.
 */
export function packageOf(service: string): Record<string, unknown> {
  // eslint-disable-next-line typescript/no-require-imports -- loaded on first use: ec2 alone costs 127 ms
  if (!hasOwnModel(service)) return require(`@aws-sdk/client-${service}`);
  // eslint-disable-next-line typescript/no-require-imports -- as above
  return (require(join(services, service, 'model')) as { default: Record<string, unknown> })
    .default;
}

/** Whether the service's folder brings the model that no SDK package has. */
export const hasOwnModel = (service: string): boolean =>
  existsSync(join(services, service, 'model.ts'));
