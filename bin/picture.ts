import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { good, poisoned, type Variant } from '../labs/lab-01-canary-pipeline/release/variants';
import { findLab } from '../lib/discover';
import { started } from '../test/support/proof/learner';
import { loadLabWhole } from '../test/support/proof/loaded';
import { follow } from './picture/shift';
import { drawing } from './picture/svg';

const pictures: [file: string, title: string, variant: Variant][] = [
  ['canary.svg', 'A sound release', good],
  ['rollback.svg', 'A poisoned release', poisoned],
];

async function main(): Promise<void> {
  const loaded = loadLabWhole(findLab('lab-01'));
  const learner = await started(loaded);
  await learner.answer(loaded.solution());
  for (const [file, title, variant] of pictures) {
    const moments = await follow(learner, variant(loaded.files?.solution ?? {}, file));
    writeFileSync(join(loaded.folder, file), drawing(title, moments));
    console.log(`${file}: ${JSON.stringify(moments.filter(({ errors }) => errors > 0))}`);
  }
  await learner.here.emulator.close();
}

void main();
