import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { findLab } from '../discover';
import { LearnerError } from '../errors';
import { readText, writeJson, writeText } from '../files';
import { homeFolder, labFile, linkPackages, projectRoot, shown, workFolder } from '../home';

/**
 * Type-checks the learner's folder, unless it is as it was when it last compiled.
 *
 * @throws STACK_DOES_NOT_COMPILE with the compiler's words, file and line.
 */
export async function compileWork(lab: string, colours: boolean): Promise<void> {
  const folder = workFolder(lab);
  if (!existsSync(folder)) return;
  if (!existsSync(join(folder, 'stack.ts')))
    throw new LearnerError('STACK_DOES_NOT_COMPILE', [missing(lab), lab]);
  const sound = labFile('types', lab, 'sound');
  const print = fingerprint(folder);
  if (readText(sound) === print) return;
  linkPackages();
  const project = labFile('types', lab, 'tsconfig.json');
  writeJson(project, { compilerOptions: options(), include: [`${folder}/**/*.ts`] });
  const output = await compile(project, colours);
  if (output) throw new LearnerError('STACK_DOES_NOT_COMPILE', [output, lab]);
  writeText(sound, print);
}

// --- internal ---

const missing = (lab: string): string =>
  `work/${lab}/stack.ts is not there; the starter is ${shown(join(findLab(lab).folder, 'starter'))}`;

/** Of all that decides whether a folder compiles: its files, those beside it, our options, and the packages. */
function fingerprint(folder: string): string {
  const hash = createHash('sha256').update(JSON.stringify(options()));
  hash.update(readFileSync(join(projectRoot, 'package-lock.json')));
  for (const file of sourcesIn(dirname(folder)))
    hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.([cm]?tsx?|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes(`${sep}node_modules${sep}`))
    .toSorted();

const compile = (project: string, colours: boolean): Promise<string> =>
  new Promise((done) => {
    const compiler = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc');
    const flags = ['-p', project, '--pretty', String(colours)];
    execFile(
      process.execPath,
      [compiler, ...flags],
      { cwd: homeFolder() },
      (error, stdout, stderr) => done(error ? `${stdout}${stderr}`.trim() || error.message : ''),
    );
  });

/** Strict about types and lenient about style: an unused import is not what a lab is about. */
const options = () => ({
  target: 'es2023',
  lib: ['es2023'],
  module: 'node20',
  noEmit: true,
  incremental: true,
  tsBuildInfoFile: './tsbuildinfo.json',
  strict: true,
  skipLibCheck: true,
  esModuleInterop: true,
  types: ['node'],
  typeRoots: [join(projectRoot, 'node_modules', '@types')],
});
