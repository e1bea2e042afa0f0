import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { readStep, type Step } from './steps';

/** A call that AWS refuses, with AWS's own words. */
export interface Refusal extends Step {
  refuses: string;
  /** The whole message; `${name}` stands for what an earlier call kept. */
  says: string;
  /** HTTP status, 400 unless told. */
  status?: number;
  /** Where the words were read, or `unverified`. */
  source: string;
  /** Calls that lead up to it, after those of the file. */
  given: Step[];
  /** Whose call it is: a 12-digit account's root, or what an earlier AssumeRole kept. Credentials may be written out, too. */
  as?: string;
}

/** The refusals of one noun of a service, from `<noun>.refusals.yaml` or `refusals.yaml` in its folder. */
export interface Refusals {
  service: string;
  file: string;
  /** Calls made once before all of them. */
  given: Step[];
  refusals: Refusal[];
}

interface Written {
  given?: Record<string, unknown>[];
  refusals: (Record<string, unknown> & { given?: Record<string, unknown>[] })[];
}

const aside = ['says', 'status', 'source', 'given', 'as'];
const readSteps = (steps: Record<string, unknown>[] = []) =>
  steps.map((step) => readStep(step, ['as']));

function readRefusals(file: string): Refusals {
  const { given, refusals } = parse(readFileSync(join(services, file), 'utf8'), {
    merge: true,
  }) as Written;
  return {
    service: dirname(file),
    file: basename(file),
    given: readSteps(given),
    refusals: refusals.map((written) => ({
      ...(readStep(written, aside) as Refusal),
      given: readSteps(written.given),
    })),
  };
}

const services = join(__dirname, '../../emulator/services');

/** Every table of refusals beside the service that refuses. */
export const allRefusals: Refusals[] = readdirSync(services, { recursive: true, encoding: 'utf8' })
  .filter((file) => /[/.]refusals\.yaml$/.test(file))
  .toSorted()
  .map(readRefusals);
