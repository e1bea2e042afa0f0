import { LearnerError } from '../../lib/errors';
import { findLab } from '../../lib/discover';
import { writeJson } from '../../lib/files';
import { labFile, shown } from '../../lib/home';
import { allProgress, forget } from '../../lib/progress';
import { defineCommand } from '../cli/command';

const usage = 'lab progress <export|reset> [lab]';

export default defineCommand({
  summary: 'Export or forget what is remembered of your way through the labs',
  usage,
  details:
    'Scores, hints, passes and exams live in .lab/progress.json. `reset` keeps a copy beside it. The account is not touched.',
  async run({ positionals: [what = '', typed], terminal }) {
    const { note, print } = terminal;
    const lab = typed === undefined ? undefined : findLab(typed).short;
    const { labs, ...progress } = allProgress(note);
    const kept = Object.entries(labs).filter(([name]) => lab === undefined || name === lab);
    const exported = { ...progress, labs: Object.fromEntries(kept) };
    if (what === 'export') {
      print(JSON.stringify(exported, null, 2));
      return 0;
    }
    if (what !== 'reset')
      throw new LearnerError('USAGE', [`"${what}" is none of export, reset`, usage]);
    const copy = labFile(`progress-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`);
    writeJson(copy, exported);
    forget(lab, note);
    print(`${lab ?? 'Every lab'} begins anew. What was known is in ${shown(copy)}.`);
    return 0;
  },
});
