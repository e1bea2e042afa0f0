import { awsError } from '../../../errors';
import { findProgram, nodeRuntime, pythonRuntime } from '../../../runtime';
import { isPython } from '../runtimes';
import type { Settings } from '../state';

interface Process {
  program: string;
  words: string[];
}

/** What the runtime is told when it starts. */
interface About {
  now: number;
  /** Where the emulator says that it listens, and where it does. */
  nominal: string;
  address: string;
}

/** The process that runs a function's handler. */
export function runtimeOf(settings: Settings, about: About): Process {
  const { memorySize, logging, runtime } = settings;
  const told = {
    ...about,
    isJson: logging.LogFormat === 'JSON',
    level: logging.ApplicationLogLevel,
    refusesCallbacks: runtime === 'nodejs24.x',
  };
  if (isPython(runtime)) {
    const python = findProgram('python3');
    if (python === undefined) throw withoutPython(runtime);
    return { program: python, words: ['-uB', pythonRuntime, JSON.stringify(told)] };
  }
  return {
    program: process.execPath,
    words: [`--max-old-space-size=${memorySize}`, nodeRuntime, JSON.stringify(told)],
  };
}

const withoutPython = (runtime: string): Error =>
  awsError(
    'InvalidRuntimeException',
    `Functions of ${runtime} run on this machine's python3, and there is none.`,
  );
