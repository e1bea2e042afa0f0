import { findLab } from '../../lib/discover';
import { missingFrom } from '../../lib/inventory';
import type { Terminal } from '../../lib/terminal';
import { defineCommand } from '../cli/command';
import { openTourHome, TourStopped, type Step, type TourHome } from '../cli/tour-steps';

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
      await take(home, short, terminal);
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
  const before = await inventory(home);
  for (const step of steps(lab).slice(0, 2)) await home.run(step);
  const untouched = await score(home, lab);
  for (const step of steps(lab).slice(2)) await home.run(step);
  const solved = await score(home, lab);
  await home.run({ words: ['destroy', lab], why: 'deletes all of it' });
  const after = await inventory(home);
  const changes = [...missingFrom(before, after), ...missingFrom(after, before)];
  summarise({ untouched, solved, changes, count: after.length }, terminal);
  if (untouched !== '0/100' || solved !== '100/100' || changes.length > 0) {
    throw new TourStopped(['tour'], 1);
  }
}

const steps = (lab: string): Step[] => [
  { words: ['start', lab], why: 'deploys the scene and the starter with the CDK' },
  { words: ['check', lab], why: 'grades the untouched account', expect: [1] },
  { words: ['solve', lab], why: 'deploys the reference solution' },
  { words: ['check', lab], why: 'grades again, drills included' },
];

async function inventory(home: TourHome): Promise<string[]> {
  return JSON.parse(await home.read(['inventory', '--json'])) as string[];
}

/** The last check's score as `lab status` knows it. */
async function score(home: TourHome, lab: string): Promise<string> {
  const { scores } = JSON.parse(await home.read(['status', '--json'])) as {
    scores: { lab: string; points: number; of: number }[];
  };
  const run = scores.find((each) => each.lab === lab);
  return run ? `${run.points}/${run.of}` : 'not graded';
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
