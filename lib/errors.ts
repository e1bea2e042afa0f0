interface Entry {
  message: (...details: string[]) => string;
  /** What to type or change. */
  fix: (...details: string[]) => string;
  /** 1: what was asked for failed. 130: the learner stopped it. 2 (the default): it could not be tried. */
  exit?: 1 | 130;
}

/** Every error that a learner may meet; `docs/errors.md` explains each and a test keeps the two equal. */
export const errors = {
  COMMAND_UNKNOWN: {
    message: (name) => `no command is called "${name}"`,
    fix: (_, suggestion) =>
      suggestion ? `did you mean \`npm run lab ${suggestion}\`?` : 'npm run lab -- --help',
  },
  USAGE: {
    message: (reason) => reason,
    fix: (_, usage) => `usage: npm run ${usage}`,
  },
  OPTION_KEPT_BY_NPM: {
    message: (option) => `npm kept --${option} for itself`,
    fix: (option) => `put two dashes before it: npm run lab <command> -- --${option}`,
  },
  DURATION_INVALID: {
    message: (text) => `"${text}" is no duration`,
    fix: () => 'write a number and s, m, h or d, such as 90s, 5m or 2h',
  },
  LAB_NOT_FOUND: {
    message: (id, suggestion) =>
      `no lab is called "${id}"${suggestion ? `; did you mean ${suggestion}?` : ''}`,
    fix: () => 'npm run lab list',
  },
  LAB_NOT_STARTED: {
    message: (lab, target) => `${lab} is not deployed on ${target}`,
    fix: (lab) => `npm run lab start ${lab}`,
  },
  RELEASE_UNKNOWN: {
    message: (kind, lab, known) =>
      known ? `${lab} knows no release "${kind}"` : `${lab} releases nothing`,
    fix: (_, lab, known) => (known ? `one of ${known}` : `npm run lab deploy ${lab}`),
  },
  LAB_NAME_INVALID: {
    message: (name) => `"${name}" cannot be a lab's name`,
    fix: () => 'a number and the problem, in small letters: npm run lab:new lab-07-poison-queue',
  },
  LAB_EXISTS: {
    message: (name, other) => `${name} cannot be made: there is ${other}`,
    fix: () => 'take another number',
  },
  TASK_NOT_FOUND: {
    message: (task, lab, letters) => `${lab} has no task "${task}"; its tasks are ${letters}`,
    fix: (_, lab) => `npm run lab hint ${lab}`,
  },
  TARGET_UNKNOWN: {
    message: (name) => `no target is called "${name}"`,
    fix: () => 'use --target emulator, --target localstack or --target aws',
  },
  TARGET_NOT_SUPPORTED: {
    message: (lab, target, targets) => `${lab} does not run on ${target}, only on ${targets}`,
    fix: (lab) => `npm run lab start ${lab}`,
  },
  EMULATOR_NOT_RUNNING: {
    message: () => 'the emulator is not running',
    fix: () => 'npm run lab emulator start',
  },
  EMULATOR_ALREADY_RUNS: {
    message: (port, pid) => `its state is in use by the emulator on port ${port} (process ${pid})`,
    fix: () => 'npm run lab emulator stop, or keep none: npm run emulator -- --state memory',
  },
  EMULATOR_DID_NOT_START: {
    message: (reason) => `the emulator did not start: ${reason}`,
    fix: () => 'npm run lab emulator logs',
  },
  EMULATOR_STOPPED: {
    message: (during) => `the emulator stopped during ${during}`,
    fix: (during) => `its state is on disk: type \`npm run lab ${during}\` again`,
  },
  PORT_INVALID: {
    message: (port) => `DOP_LABS_PORT is "${port}", which is no port`,
    fix: () => 'give it a number from 0 to 65535, or `unset DOP_LABS_PORT` for 4566',
  },
  PORT_TAKEN: {
    message: (port) => `port ${port} is taken by something that is not the lab's emulator`,
    fix: (port) =>
      `stop that program, or use another port: DOP_LABS_PORT=${Number(port) + 1} npm run lab …`,
  },
  EMULATOR_OF_ANOTHER_FOLDER: {
    message: (port, pid) =>
      `port ${port} is taken by the emulator of another folder (process ${pid})`,
    fix: (port) =>
      `stop it there with \`npm run lab emulator stop\`, or use another port: DOP_LABS_PORT=${Number(port) + 1} npm run lab …`,
  },
  ENDPOINT_NOT_REACHABLE: {
    message: (endpoint) => `nothing that calls itself LocalStack answers at ${endpoint}`,
    fix: () => 'start it, or name its address: LOCALSTACK_ENDPOINT=http://127.0.0.1:4566 npm run …',
  },
  ENDPOINT_VARIABLE_SET: {
    message: (variable) => `--target aws was asked for, but ${variable} leads elsewhere`,
    fix: (variable) => `unset ${variable}`,
  },
  CREDENTIALS_REFUSED: {
    message: (reason) => `AWS did not say which account this is: ${reason}`,
    fix: () => 'name a profile that works: npm run lab <command> -- --target aws --profile sandbox',
  },
  ACCOUNT_NOT_ALLOWED: {
    message: (account) => `account ${account} is not on the allow-list of sandbox accounts`,
    fix: (account, file) =>
      `if it is a sandbox in which anything may be changed, write {"allowedAccounts": ["${account}"]} to ${file}`,
  },
  ACCOUNT_NOT_FIT: {
    message: (seen) => seen,
    fix: (_, advice) => advice,
  },
  COST_NOT_CONFIRMED: {
    message: (cost) => `${cost}, and that was not confirmed`,
    fix: () => 'answer yes, or add --yes',
  },
  FILE_DAMAGED: {
    message: (file) => `${file} is damaged`,
    fix: (file) => `mend it by hand, or delete it: ${file}`,
  },
  FILE_NOT_WRITABLE: {
    message: (file, code) => `${file} cannot be written or read (${code})`,
    fix: () => 'mend its rights, make room, or name another home: DOP_LABS_HOME=~/dop-labs',
  },
  FILE_LOCKED: {
    message: (file) => `another command keeps ${file} for itself`,
    fix: (_, lock) => `wait for it to end; if none runs, delete ${lock}`,
  },
  DRILL_RUNNING: {
    message: (lab, pid) => `another command (process ${pid}) is in the middle of a drill of ${lab}`,
    fix: (lab) => `wait for it to end, then: npm run check ${lab}`,
  },
  EXAM_MINUTES: {
    message: (typed) => `"${typed}" is no number of minutes`,
    fix: () => 'npm run lab watch <lab> -- --exam 45',
  },
  EXAM_RUNNING: {
    message: (lab, minutes) =>
      `an exam of ${lab} runs for another ${minutes} min: no hints, no verdicts`,
    fix: (lab) => `go on or finish it with: npm run lab watch ${lab}`,
  },
  RECORD_UNREADABLE: {
    message: (file, lab) => `${file} is no record of ${lab} that this version can read`,
    fix: (_, lab) => `make one: npm run check ${lab} -- --record facts.json`,
  },
  STACK_DOES_NOT_COMPILE: {
    message: (output) => `your stack does not compile; nothing was deployed\n\n${output}\n`,
    fix: (_, lab) => `mend it, then: npm run lab deploy ${lab}`,
    exit: 1,
  },
  STACK_DOES_NOT_SYNTHESISE: {
    message: (reason) =>
      `the CDK could not make a template of your stack; nothing was deployed\n\n${reason}\n`,
    fix: (_, lab) => `mend work/${lab}, then: npm run lab deploy ${lab}`,
    exit: 1,
  },
  STACK_NOT_DEPLOYED: {
    message: (reason) => `the stack was not deployed\n\n${reason}\n`,
    fix: (_, lab) =>
      `mend work/${lab}, then: npm run lab deploy ${lab} (what it had begun was rolled back)`,
    exit: 1,
  },
  DEPLOYER_ENDED: {
    message: (words) => `the process that deploys ended in the middle${words && `\n\n${words}\n`}`,
    fix: () => 'take out what ends it, such as process.exit() in your stack, and deploy again',
  },
  STACK_NOT_DELETED: {
    message: (stack, reason) => `${stack} could not be deleted: ${reason}`,
    fix: (stack) => `remove what it names, then: npm run lab destroy ${stack.slice(0, 6)}`,
    exit: 1,
  },
  NOT_BOOTSTRAPPED: {
    message: (account) => `account ${account} is not prepared for the CDK`,
    fix: (account, region) => `npx cdk bootstrap aws://${account}/${region}`,
  },
  INTERRUPTED: {
    message: (what) => `${what} was interrupted`,
    fix: (_, lab) => `the next start, reset or destroy tidies up: npm run lab start ${lab}`,
    exit: 130,
  },
} satisfies Record<string, Entry>;

export type ErrorCode = keyof typeof errors;

/** An error that is the learner's to mend: shown with its fix and without a stack. */
export class LearnerError extends Error {
  readonly code: ErrorCode;
  readonly fix: string;
  readonly exit: number;

  constructor(code: ErrorCode, details: string[] = [], options: ErrorOptions = {}) {
    const entry: Entry = errors[code];
    super(entry.message(...details), options);
    this.name = code;
    this.code = code;
    this.fix = entry.fix(...details);
    this.exit = entry.exit ?? 2;
  }
}
