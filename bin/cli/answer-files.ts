import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../../checker/connect';
import type { AnswerFiles } from '../../checker/lab';
import { filesBelow } from '../../lib/answer-files';
import type { Answer } from '../../lib/deploy/app';
import { workFolder } from '../../lib/home';
import type { Session } from './session';

/** Brings the files of an answer in for the first time; a lab without any has nothing to do. */
export async function installFiles(session: Session, answer: Answer): Promise<void> {
  const { lab, terminal } = session;
  if (!lab.files) return;
  terminal.progress(`installing ${lab.files.folder}`);
  await lab.files.install(await opened(session), answerFiles(session, answer));
}

/** Hands over the files of an answer and says what became of them. */
export async function deliverFiles(session: Session, answer: Answer): Promise<void> {
  const { lab, terminal } = session;
  if (!lab.files) return;
  terminal.progress(`delivering ${lab.files.folder}`);
  const said = await lab.files.deliver(await opened(session), answerFiles(session, answer));
  terminal.note(said);
}

/** Does what is left to do by hand until what was delivered is in effect. */
export async function settleFiles(session: Session): Promise<void> {
  const { lab, terminal, target } = session;
  if (!lab.files) return;
  terminal.progress('approving, and waiting until it is out');
  await lab.files.settle(await opened(session), target.clock);
}

/** Files of the learner's own until there are none, then the starter's. */
function answerFiles({ lab, folder, short }: Session, answer: Answer): AnswerFiles {
  const name = lab.files?.folder ?? '';
  const own = join(workFolder(short), name);
  if (answer === 'work' && existsSync(own)) return filesBelow(own);
  return filesBelow(join(folder.folder, answer === 'work' ? 'starter' : answer, name));
}

// --- internal ---

const opened = ({ target, short }: Session) => connect(target, short);
