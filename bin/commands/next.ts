import { defineCommand } from '../cli/command';
import { jsonOption } from '../cli/options';
import { nextLab } from '../cli/path';

export default defineCommand({
  summary: 'Say what to do next: go on where you left, or the next lab on the path',
  usage: 'lab next',
  options: jsonOption,
  async run({ flag, terminal }) {
    const next = nextLab(terminal);
    if (flag('json')) terminal.print(JSON.stringify(next ?? null, null, 2));
    else if (next) {
      const { lab, title, minutes, state, command } = next;
      terminal.print(`${terminal.paint('bold', lab)}  ${title} (${minutes} min): ${state}`);
      terminal.print(`  ${command}`);
    } else
      terminal.print(
        'You have passed every lab. Take one as an exam: npm run lab watch lab-05 -- --exam 45',
      );
    return 0;
  },
});
