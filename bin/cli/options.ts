import type { Option } from './command';

/** Options that several commands share, worded once. */
export const jsonOption = {
  json: { type: 'boolean', help: 'print JSON for programs' },
} satisfies Record<string, Option>;

export const targetOptions = {
  target: { type: 'string', value: 'name', help: 'emulator (default), localstack or aws' },
  profile: {
    type: 'string',
    value: 'name',
    help: 'profile of your AWS configuration (with --target aws)',
  },
} satisfies Record<string, Option>;

export const deployOptions = {
  ...targetOptions,
  yes: { type: 'boolean', help: 'confirm what the lab costs on AWS' },
} satisfies Record<string, Option>;
