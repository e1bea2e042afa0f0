import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../lib/home';

const command = join(projectRoot, 'bin', 'lab.js');

/** Runs the real command in a home of its own, types what a learner would, and keeps each picture. */
async function capture(): Promise<void> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'dop-labs-watch-')));
  const env = { ...process.env, DOP_LABS_HOME: home, DOP_LABS_PORT: '0', COLUMNS: '100' };
  const lab = (...words: string[]) => spawnSync(process.execPath, [command, ...words], { env });
  try {
    lab('start', 'lab-05');
    const watch = spawn(process.execPath, [command, 'watch', 'lab-05'], { env });
    let shown = '';
    watch.stdout.on('data', (chunk: Buffer) => (shown += chunk.toString()));
    const says = async (text: string) => {
      while (!shown.includes(text)) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await says('First:');
    watch.stdin.write('h');
    await says('hint 1');
    lab('solve', 'lab-05');
    await says('now passed: ');
    await says('[####################] 75 of 75');
    watch.stdin.write('d');
    await says('PASSED');
    watch.stdin.write('q');
    await new Promise((resolve) => watch.once('close', resolve));
    writeFileSync(join(projectRoot, 'docs', 'watch.txt'), page(shown));
  } finally {
    lab('emulator', 'stop');
    rmSync(home, { recursive: true, force: true });
  }
}

/** The pictures that tell the story: with a hint, after the deployment, after the drill. */
function page(shown: string): string {
  const pictures = shown.split(/\n\n(?=lab-05: )/).map((text) => text.trimEnd());
  const first = (text: string) => pictures.find((picture) => picture.includes(text)) ?? '';
  return [
    '$ npm run lab watch lab-05',
    first('hint 1'),
    '',
    'You deploy your answer in another terminal:',
    '',
    first('[####################] 75 of 75'),
    '',
    'You press d:',
    '',
    first('PASSED'),
    '',
  ].join('\n');
}

void capture();
