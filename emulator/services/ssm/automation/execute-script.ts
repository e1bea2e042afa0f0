import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment, findProgram, type Runtime } from '../../../runtime';
import { type Action, failed, type Outcome, type StepRun, timedOut } from './action';
import { asText } from './interpolate';
import { globals } from './lookup';
import { selectOutputs } from './outputs';
import { credentialsOf } from './role';

interface Inputs {
  Runtime?: string;
  Handler?: string;
  Script?: string | string[];
  InputPayload?: unknown;
  Attachment?: string;
}

/** What the runner tells when the handler has answered, or why it did not. */
type Told = { payload: unknown } | { error: string; message: string; trace: string };

type Ended = Awaited<ReturnType<Runtime['run']>>;

interface Ran {
  ended: Ended;
  told: Told | undefined;
  log: string;
  complaint: string;
}

const runner = join(__dirname, 'scripts', 'run_handler.py');
/** AWS lets a script run no longer. */
const mostSeconds = 600;

/**
 * `aws:executeScript`: runs a Python handler as the automation's role with this machine's own
 * `python3`, whatever version the step names. What it cannot run says that it is not emulated,
 * which a check reads as *not gradable here*.
 */
export const executeScript: Action = async (run) => {
  const hindrance = hindranceOf(run.inputs as Inputs);
  if (hindrance !== undefined) return failed(hindrance);
  const folder = run.call.runtime.folders.fresh();
  try {
    return outcomeOf(await runHandler(run, folder), run);
  } finally {
    run.call.runtime.folders.remove(folder);
  }
};

// The texts are not verified.
const hindrances: [(inputs: Inputs) => boolean, (inputs: Inputs) => string][] = [
  [
    ({ Runtime = '' }) => /powershell|dotnet/i.test(Runtime),
    ({ Runtime }) => `aws:executeScript of ${Runtime} is not emulated`,
  ],
  [
    ({ Runtime = '' }) => !/^python3\.\d+$/.test(Runtime),
    ({ Runtime = '(none)' }) => `Runtime ${Runtime} is not supported`,
  ],
  [
    () => findProgram('python3') === undefined,
    () => 'aws:executeScript on a machine without python3 is not emulated',
  ],
  [
    ({ Attachment }) => Attachment !== undefined,
    () => 'aws:executeScript with an Attachment is not emulated',
  ],
  [({ Handler }) => !Handler, () => 'Input Handler is required for Python scripts'],
  [({ Script }) => Script === undefined, () => 'Input Script or Attachment is required'],
];

/** Why a script cannot run here, if it cannot. */
const hindranceOf = (inputs: Inputs): string | undefined =>
  hindrances.find(([holds]) => holds(inputs))?.[1](inputs);

async function runHandler(
  { execution, step, inputs, call }: StepRun,
  folder: string,
): Promise<Ran> {
  const { Handler = '', Script = '', InputPayload = {} } = inputs as Inputs;
  writeFileSync(join(folder, 'customer_script.py'), [Script].flat().join('\n'));
  const { runtime, region } = call;
  const credentials = await credentialsOf(execution, call);
  const address = await runtime.address();
  const ran: Omit<Ran, 'ended'> = { told: undefined, log: '', complaint: '' };
  const seconds = Math.min(Number(step.timeoutSeconds ?? mostSeconds), mostSeconds);
  const ended = await runtime.answering(credentials.AccessKeyId ?? '', () =>
    runtime.run({
      program: findProgram('python3') ?? 'python3',
      words: [runner, Handler],
      folder,
      env: { ...userPackages(), ...childEnvironment({ address, region, credentials, folder }) },
      input: JSON.stringify({ events: InputPayload, context: globals(call, execution) }),
      timeoutMs: seconds * 1000,
      onOutput(chunk, stream) {
        if (stream === 'stdout') ran.log += chunk;
        else ran.complaint += chunk;
      },
      onFrame: (frame) => (ran.told = frame as Told),
    }),
  );
  return { ...ran, ended };
}

/** The home folder of the script is an empty one: what the learner has installed is elsewhere. */
const userPackages = () => ({
  PYTHONUSERBASE: process.env['PYTHONUSERBASE'] ?? join(homedir(), '.local'),
});

function outcomeOf({ ended, told, log, complaint }: Ran, { step }: StepRun): Outcome {
  if (ended.isLate) return timedOut();
  if (!told) return failed(noAnswer(ended, complaint));
  if ('error' in told) return failure(told);
  const response = { Payload: told.payload, ExecutionLog: log };
  const outputs = selectOutputs(step.outputs, response);
  const { payload } = told;
  return {
    status: 'Success',
    outputs: {
      ...(payload !== null && { Payload: asText(payload) }),
      ExecutionLog: log,
      ...outputs,
      OutputPayload: JSON.stringify(response),
    },
  };
}

function noAnswer({ code, failure: cause }: Ended, complaint: string): string {
  if (code === 127 || cause)
    return 'aws:executeScript on a machine without python3 is not emulated';
  return `The script ended with code ${code}: ${complaint.trim()}`;
}

function failure({ error, message, trace }: Extract<Told, { error: string }>): Outcome {
  if (error === 'ModuleNotFoundError' && /'boto(3|core)'/.test(message)) {
    return failed('aws:executeScript on a machine whose python3 has no boto3 is not emulated');
  }
  // The layout is not verified.
  return failed(`${trace}\n\n${error} - ${message}`, 'Poll action status for completion');
}
