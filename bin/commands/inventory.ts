import { lazyClients } from '../../checker/clients';
import { inventoryKinds, readInventory } from '../../lib/inventory';
import { openTarget, targetNameOf } from '../../lib/targets/open';
import { defineCommand } from '../cli/command';
import { jsonOption, targetOptions } from '../cli/options';

export default defineCommand({
  summary: 'List everything that the account holds, read with List and Describe calls',
  usage: 'lab inventory',
  details: `Kinds: ${inventoryKinds.join(', ')}.`,
  options: { ...targetOptions, ...jsonOption },
  async run({ flag, text, terminal }) {
    const target = await openTarget({
      name: targetNameOf(text('target') ?? 'emulator'),
      profile: text('profile'),
      onStart: () => terminal.progress('starting the emulator'),
    });
    const lines = await readInventory(lazyClients(target.connection));
    if (flag('json')) terminal.print(JSON.stringify(lines, null, 2));
    else for (const line of lines) terminal.print(line);
    return 0;
  },
});
