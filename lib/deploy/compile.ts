import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LearnerError } from '../errors';
import { writeJson } from '../files';
import { homeFolder, labFile, linkPackages, projectRoot, workFolder } from '../home';

/** Type-checks the learner's folder: the compiler's words with file and line, or nothing. */
export async function compileWork(lab: string, colours: boolean): Promise<void> {
  const folder = workFolder(lab);
  if (!existsSync(folder)) return;
  linkPackages();
  const project = labFile('types', lab, 'tsconfig.json');
  writeJson(project, { compilerOptions: options(), include: [`${folder}/**/*.ts`] });
  const output = await compile(project, colours);
  if (output) throw new LearnerError('STACK_DOES_NOT_COMPILE', [output, lab]);
}

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
