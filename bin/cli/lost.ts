import { findEmulator } from '../../lib/embedded/process';
import { LearnerError } from '../../lib/errors';
import type { Session } from './session';

/**
 * Whatever went wrong, when the emulator is gone that is the reason: `during` is the command that
 * the learner types again.
 */
export async function blameLostEmulator({ target }: Session, during: string): Promise<void> {
  if (target.name !== 'emulator' || (await findEmulator())) return;
  throw new LearnerError('EMULATOR_STOPPED', [during]);
}
