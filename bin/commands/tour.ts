import { lazyClients } from '../../checker/clients';
import { findLab } from '../../lib/discover';
import { missingFrom, readInventory } from '../../lib/inventory';
import { reached } from '../../lib/targets/embedded';
import type { Connection } from '../../lib/targets/target';
import type { Terminal } from '../../lib/terminal';
import { defineCommand } from '../cli/command';
import { interruptible } from '../cli/interrupt';
import { openTourHome, TourStopped, type TourHome } from '../cli/tour-steps';

export default defineCommand({
  summary: 'See a whole lab pass by: start, 0/100, solution, 100/100, nothing left',
  usage: 'lab tour [lab]',
  details:
    'Uses an emulator and a folder of its own; your work, progress and emulator are not touched.',
  async run({ positionals: [typed = 'lab-05'], terminal }) {
    const { short } = findLab(typed);
    const started = performance.now();
    const home = openTourHome(terminal);
    try {
      // Ctrl-C ends the command that runs; the tour outlives it to tidy up.
      await interruptible(take(home, short, terminal), () => undefined);
    } catch (error) {
      if (!(error instanceof TourStopped)) throw error;
      terminal.note(`${terminal.paint('red', 'the tour stopped')}: ${error.message}`);
      return 1;
    } finally {
      await home.close();
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    terminal.print(terminal.paint('green', `The tour of ${short} took ${seconds} s.`));
    terminal.print(`Your turn: npm run lab start ${short}`);
    return 0;
  },
});

/** The same commands that a learner types, each as a process of its own. */
async function take(home: TourHome, lab: string, terminal: Terminal): Promise<void> {
  await home.run({ words: ['emulator', 'start'], why: 'starts by itself when needed' });
  const clients = lazyClients(await connection(home));
  const before = await readInventory(clients);
  await home.run({ words: ['start', lab], why: 'deploys the scene and the starter with the CDK' });
  const untouched = await graded(home, lab, { why: 'grades the untouched account', expect: 1 });
  await home.run({ words: ['solve', lab], why: 'deploys the reference solution' });
  const solved = await graded(home, lab, { why: 'grades again, drills included', expect: 0 });
  await home.run({ words: ['destroy', lab], why: 'deletes all of it' });
  const after = await readInventory(clients);
  const changes = [...missingFrom(before, after), ...missingFrom(after, before)];
  summarise({ untouched, solved, changes, count: after.length }, terminal);
  if (untouched !== '0/100' || solved !== '100/100' || changes.length > 0) {
    throw new TourStopped(['tour'], 1);
  }
}

/** The tour's emulator, as `lab env` names it. */
async function connection(home: TourHome): Promise<Connection> {
  const { AWS_ENDPOINT_URL: endpoint = '' } = JSON.parse(
    await home.read(['env', '--json']),
  ) as Record<string, string>;
  return reached(endpoint).connection;
}

/** Grades in front of the learner, and answers the score as `lab list` knows it. */
async function graded(
  home: TourHome,
  lab: string,
  { why, expect }: { why: string; expect: number },
) {
  await home.run({ words: ['check', lab], why, expect });
  const rows = JSON.parse(await home.read(['list', '--json'])) as {
    lab: string;
    score: { points: number; of: number } | null;
  }[];
  const score = rows.find((row) => row.lab === lab)?.score;
  return score ? `${score.points}/${score.of}` : 'not graded';
}

interface Summary {
  untouched: string;
  solved: string;
  changes: string[];
  count: number;
}

function summarise({ untouched, solved, changes, count }: Summary, { print }: Terminal): void {
  print();
  print(`before   ${untouched}`);
  print(`after    ${solved}`);
  const same = `nothing left: the ${count} resources of a fresh account, as before`;
  print(`account  ${changes.length === 0 ? same : `${changes.length} differences`}`);
  for (const line of changes) print(`  ${line}`);
}
