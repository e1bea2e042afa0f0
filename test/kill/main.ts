import { killRounds } from './rounds';

/** `npm run test:kill -- 200 some-seed`: kills so many times, tells how it goes, and what came of it. */
async function main([rounds = '200', seed = 'kill']: string[]): Promise<void> {
  const outcome = await killRounds({
    rounds: Number(rounds),
    seed,
    progress({ rounds: round, acknowledged, lost, broken, stuck }) {
      const broke = broken.length + stuck.length;
      process.stderr.write(
        `kill ${round}: ${acknowledged} acknowledged, ${lost} lost, ${broke} promises broken\n`,
      );
    },
  });
  process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`);
  const isKept = [outcome.broken, outcome.stuck, outcome.damaged].every(
    (list) => list.length === 0,
  );
  process.exitCode = isKept ? 0 : 1;
}

void main(process.argv.slice(2));
