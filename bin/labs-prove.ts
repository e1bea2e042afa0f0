import { findLab, findLabs } from '../lib/discover';
import { LearnerError } from '../lib/errors';
import { loadLabWhole } from '../test/support/proof/loaded';
import { prove, type Proved } from '../test/support/proof/prove';
import { proofTable, summaryOf } from '../test/support/proof/summary';

/** Exit code 0 when every near miss is caught by its check alone and every correct answer scores 100. */
async function main(words: string[]): Promise<number> {
  const labs = words.length > 0 ? words.map(findLab) : findLabs();
  const lines: Proved[] = [];
  for (const folder of labs) {
    for await (const line of prove(loadLabWhole(folder))) {
      lines.push(line);
      process.stderr.write(line.wrong.length === 0 ? '.' : 'x');
    }
  }
  process.stderr.write('\n');
  console.log(proofTable(lines));
  return summarise(lines);
}

function summarise(lines: Proved[]): number {
  const { mutants, killed, correct, falseAlarms, wrong } = summaryOf(lines);
  console.log(`\n${killed} of ${mutants} mutants killed, each by its own check alone`);
  console.log(`${falseAlarms} false alarms on ${correct} correct answers`);
  for (const { lab, kind, name, wrong: reasons } of wrong) {
    console.log(`\n${lab} ${kind} "${name}"`);
    for (const reason of reasons) console.log(`  ${reason}`);
  }
  return wrong.length === 0 && mutants > 0 ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof LearnerError ? `${error.message}\n  fix: ${error.fix}` : error);
    process.exitCode = 2;
  },
);
