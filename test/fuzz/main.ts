import { EmulatorProcess } from '../support/emulator-process';
import { fuzz, type Findings } from './fuzz';

/** `npm run test:fuzz -- 100000 some-seed sqs`: sends so many, of some services or of all. */
async function main([requests = '100000', seed = 'fuzz', ...services]: string[]): Promise<void> {
  const emulator = new EmulatorProcess();
  try {
    await emulator.start();
    const findings = await fuzz(emulator, {
      requests: Number(requests),
      seed,
      services,
      progress: ({ requests: sent, failures, memory }) =>
        process.stderr.write(
          `${sent} requests, ${failures.length} failures, ${memory.at(-1)?.toFixed(0)} MB\n`,
        ),
    });
    process.exitCode = report(findings, emulator.log);
  } finally {
    await emulator.close();
  }
}

/** Prints what was found, each kind once, and answers the exit code. */
function report(findings: Findings, log: string): number {
  const kinds = new Map<string, number>();
  for (const failure of findings.failures) kinds.set(failure, (kinds.get(failure) ?? 0) + 1);
  const failures = Object.fromEntries([...kinds].toSorted(([, one], [, other]) => other - one));
  process.stdout.write(`${JSON.stringify({ ...findings, failures }, null, 2)}\n`);
  const isFine = kinds.size === 0 && !log.includes('could not be written');
  if (!isFine) process.stderr.write(log.slice(-20_000));
  return isFine ? 0 : 1;
}

void main(process.argv.slice(2));
