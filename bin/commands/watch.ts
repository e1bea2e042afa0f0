import { defineCommand } from '../cli/command';
import { requireStarted } from '../cli/deploy';
import { examMinutes, openExam } from '../cli/exam';
import { targetOptions } from '../cli/options';
import { openSession } from '../cli/session';
import { watchLab } from '../cli/watch/watch';

export default defineCommand({
  summary: 'Grade again whenever the account changes, with keys for hints, drills and reset',
  usage: 'lab watch <lab>',
  details:
    'In practice a pass sticks and what breaks again is named; drills run when you press d. An exam shows a timer and the tasks, gives no hints and no verdicts, and ends with all drills and a report by domain and task statement.',
  options: {
    exam: {
      type: 'string',
      value: 'minutes',
      help: 'begin an exam, or go on with the one that runs',
    },
    ...targetOptions,
  },
  async run(invocation) {
    const minutes = examMinutes(invocation.text('exam'));
    const session = await openSession(invocation);
    await requireStarted(session);
    return await watchLab(session, openExam(session, minutes));
  },
});
