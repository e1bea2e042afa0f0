import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Properties } from '../../emulator/cloudformation/provider';

/** One way to use a resource type: what it needs, what it is, what it becomes. */
export interface Sample {
  /** Calls that make what no template can, such as an object in a bucket: service, operation, input. */
  first?: [service: string, operation: string, input: Properties][];
  /** Other resources of the same template. */
  needs?: Record<string, object>;
  properties: Properties;
  /** Changes one after another; `null` takes a property out of the template. */
  updates: Properties[];
  /** Properties that cannot change alone, and why. */
  constant?: Record<string, string>;
  /** Calls of the service's own API that make the resource something else. */
  behind: Record<string, Properties>;
}

const services = join(__dirname, '../../emulator/services');

/** Samples of all resource types, from each service's `samples.yaml`. */
export const samples: Record<string, Sample[]> = Object.assign(
  {},
  ...readdirSync(services, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('/samples.yaml'))
    .map(
      (file) =>
        parse(readFileSync(join(services, file), 'utf8'), { customTags: ['binary'] }) as object,
    ),
) as Record<string, Sample[]>;
