import { LearnerError } from '../errors';
import { nearest } from '../nearest';
import { openAws } from './aws';
import { openEmulator } from './embedded';
import { openLocalStack } from './localstack';
import { targetNames, type Target, type TargetName } from './target';

interface Wanted {
  name: TargetName;
  profile?: string | undefined;
  /** Called when the emulator is not running yet and is about to be started. */
  onStart?: () => void;
}

const openers: Record<TargetName, (wanted: Wanted) => Promise<Target>> = {
  emulator: ({ onStart }) => openEmulator(onStart),
  localstack: () => openLocalStack(),
  aws: ({ profile }) => openAws(profile),
};

/** Reaches a target and proves that it is the one that was asked for. */
export const openTarget = (wanted: Wanted): Promise<Target> => openers[wanted.name](wanted);

/** The target that `--target` names. */
export function targetNameOf(typed: string): TargetName {
  const name = targetNames.find((known) => known === typed);
  if (!name)
    throw new LearnerError('TARGET_UNKNOWN', [typed, nearest(typed, [...targetNames]) ?? '']);
  return name;
}
