import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeBuildCall } from '../state';
import { type BuildLog, runningCommand } from './log';
import type { Workspace } from './workspace';

/** What the commands of a phase run in. */
export interface Shell {
  workspace: Workspace;
  env: Record<string, string>;
  accessKeyId: string;
  log: BuildLog;
  /** Wall time that is left to the build. */
  timeLeftMs: () => number;
  /** Gets what ends the command that runs. */
  started: (stop: () => void) => void;
}

export interface CommandsEnd {
  isLate: boolean;
  /** Of the command that failed. */
  failure?: { command: string; status: number };
}

/** Runs commands one after the other in one bash, until one fails. */
export async function runCommands(
  commands: readonly string[],
  shell: Shell,
  call: CodeBuildCall,
): Promise<CommandsEnd> {
  if (commands.length === 0) return { isLate: false };
  const script = join(shell.workspace.memory, 'script.sh');
  writeFileSync(script, scriptOf(commands, shell));
  const { code, isLate } = await call.runtime.answering(shell.accessKeyId, () =>
    call.runtime.run(
      {
        program: 'bash',
        words: [script],
        folder: shell.workspace.source,
        env: shell.env,
        timeoutMs: Math.max(shell.timeLeftMs(), 1),
        onOutput: (chunk) => shell.log.output(chunk),
      },
      shell.started,
    ),
  );
  shell.log.endOutput();
  if (code === 0) return { isLate };
  const index = Number(readFileSync(join(shell.workspace.memory, 'index'), 'utf8'));
  return { isLate, failure: { command: commands[index] ?? '', status: code ?? 137 } };
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * Variables and the current folder go from phase to phase, as in CodeBuild's version 0.2. A command
 * that leaves the shell leaves them behind too, and which command it was.
 */
function scriptOf(commands: readonly string[], { workspace, env }: Shell): string {
  const { memory } = workspace;
  const known = existsSync(join(memory, 'env'));
  return [
    ...(known
      ? [`source ${quoted(join(memory, 'env'))}`, `cd "$(cat ${quoted(join(memory, 'cwd'))})"`]
      : []),
    `export CODEBUILD_BUILD_SUCCEEDING=${env['CODEBUILD_BUILD_SUCCEEDING']}`,
    `trap 'lab_status=$?; declare -px > ${memory}/env; pwd > ${memory}/cwd; exit $lab_status' EXIT`,
    ...commands.flatMap((command, index) => [
      `echo ${index} > ${quoted(join(memory, 'index'))}`,
      `printf '%s\\n' ${quoted(`${runningCommand}Running command ${command.trimEnd()}`)}`,
      command,
      'lab_status=$?; [ $lab_status -eq 0 ] || exit $lab_status',
    ]),
    '',
  ].join('\n');
}

/** The value that a variable had when the last phase ended. */
export function exportedValue(name: string, { memory }: Workspace): string | undefined {
  const path = join(memory, 'env');
  if (!existsSync(path)) return undefined;
  const match = new RegExp(`^declare -x ${name}="((?:[^"\\\\]|\\\\.)*)"`, 'm').exec(
    readFileSync(path, 'utf8'),
  );
  return match?.[1]?.replace(/\\(["\\$`])/g, '$1');
}
