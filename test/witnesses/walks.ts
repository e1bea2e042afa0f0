import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { readStep, type Step } from '../support/steps';

/** A service and what every client does to it, from `<folder of the service>.yaml`. */
export interface Walk {
  service: string;
  /** As boto3 calls it. */
  boto: string;
  /** A command of the AWS CLI that only reads, and part of what it answers. */
  cli: { words: string[]; answers: Record<string, unknown> };
  steps: Step[];
}

type Written = Pick<Walk, 'boto' | 'cli'> & { steps: Record<string, unknown>[] };

/** Every walk that lies in this folder. */
export const walks: Walk[] = readdirSync(__dirname)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => {
    const { steps, ...rest } = parse(readFileSync(join(__dirname, file), 'utf8')) as Written;
    return {
      service: basename(file, '.yaml'),
      ...rest,
      steps: steps.map((step) => readStep(step)),
    };
  });
