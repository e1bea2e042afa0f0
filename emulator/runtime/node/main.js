'use strict';
// The runtime of a Node function: started by the emulator, one process an execution environment.
const clock = require('../../clock/in-child');
const { receive, send, watchLifeLine } = require('./channel');
const errors = require('./errors');
const { run } = require('./invocation');
const { load } = require('./load');
const log = require('./log');
const { answerPlainly, redirect } = require('./redirect');

const settings = JSON.parse(process.argv[2]);
process.argv.splice(2);
clock.tell(settings.now);
redirect(settings.nominal, settings.address);
answerPlainly(settings.address);
const logError = log.capture(settings);
watchLifeLine();

let current;
let whenIdle = () => {};

/** An error that nobody caught ends the environment, and the invocation with it. */
function die(message, error, code) {
  logError(message, error);
  log.flush();
  if (current) answer({ error }, true);
  else send({ failed: errors.payloadOf(error) });
  process.exit(code);
}

process.on('uncaughtException', (error) => die('Uncaught Exception', error, 129));
process.on('unhandledRejection', (reason, promise) =>
  die('Unhandled Promise Rejection', new errors.UnhandledPromiseRejection(reason, promise), 128),
);
process.on('beforeExit', () => {
  const idle = whenIdle;
  whenIdle = () => {};
  setImmediate(idle);
});

globalThis.awslambda = {
  streamifyResponse() {
    throw new Error('awslambda.streamifyResponse is not emulated');
  },
};

function answer(outcome, isFatal = false) {
  const failed = 'error' in outcome;
  const body = failed ? errors.payloadOf(outcome.error) : outcome.result;
  const memory = process.memoryUsage().rss;
  send({ id: current.id, failed, body: textOf(body), memory, isFatal });
  current = undefined;
  channel.ref();
}

function textOf(body) {
  try {
    return JSON.stringify(body === undefined ? null : body);
  } catch {
    throw new Error('Unable to stringify response body');
  }
}

function finish(outcome) {
  whenIdle = () => {};
  if ('error' in outcome) logError('Invoke Error', outcome.error);
  log.flush();
  answer(outcome);
}

function invoke(handler, request) {
  current = request;
  process.env._X_AMZN_TRACE_ID = request.traceId;
  log.setRequestId(request.id);
  // What is left of the event loop decides when a handler that never calls back has ended.
  channel.unref();
  run(handler, request, { finish, whenIdle: (task) => void (whenIdle = task) });
}

let handler;
const channel = receive((frame) => {
  clock.tell(frame.now);
  if (frame.invoke) invoke(handler, frame.invoke);
  else send({ told: frame.tell });
});

load(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER)
  .then((found) => {
    handler = found;
    if (settings.refusesCallbacks && found.length === 3)
      throw new errors.CallbackHandlerDeprecated(
        'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later.',
      );
    send({ ready: true });
  })
  .catch((error) => die('Uncaught Exception', error, 129));
