import { nodeRuntime } from '../../../runtime';
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
  return {
    program: process.execPath,
    words: [`--max-old-space-size=${memorySize}`, nodeRuntime, JSON.stringify(told)],
  };
}
