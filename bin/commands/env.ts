import { openTarget } from '../../lib/targets/open';
import { defineCommand } from '../cli/command';
import { jsonOption } from '../cli/options';

// Each of these would win over the keys below, or be mixed with them.
const foreign = ['AWS_PROFILE', 'AWS_SESSION_TOKEN'];

export default defineCommand({
  summary: "Print the variables that lead your own shell's aws, cdk and scripts to the emulator",
  usage: 'lab env',
  details:
    'In your shell: eval "$(npm run --silent lab env)". Version 1 of the AWS CLI needs --endpoint-url $AWS_ENDPOINT_URL for sqs besides.',
  options: jsonOption,
  async run({ flag, terminal }) {
    const { environment } = await openTarget({
      name: 'emulator',
      onStart: () => terminal.progress('starting the emulator'),
    });
    // Without it the SDKs greet every script on Node 20 with a warning.
    const variables = { ...environment, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
    if (flag('json')) {
      terminal.print(JSON.stringify(variables, null, 2));
      return 0;
    }
    terminal.print(`unset ${foreign.join(' ')}`);
    for (const [name, value] of Object.entries(variables)) {
      terminal.print(`export ${name}=${quoted(value)}`);
    }
    return 0;
  },
});

const quoted = (value: string): string =>
  /^[\w./:@-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
