'use strict';
const clock = require('../../clock/in-child');
const errors = require('./errors');

const isPromise = (value) => typeof value?.then === 'function';

/**
 * Runs the handler once. `finish` gets `{ error }` or `{ result }`, and only the first time;
 * `whenIdle` registers what to do when nothing is left that could still call back.
 */
function run(handler, request, { finish, whenIdle }) {
  let isDone = false;
  const done = (outcome) => {
    if (isDone) return;
    isDone = true;
    finish(outcome);
  };
  const context = contextOf(request, done);
  whenIdle(() => done(isAsync(handler) ? { error: new errors.NodeJsExit() } : { result: null }));

  const callback = (error, result) => {
    if (error !== undefined && error !== null) done({ error });
    else if (!context.callbackWaitsForEmptyEventLoop) done({ result });
    else whenIdle(() => done({ result }));
  };
  try {
    const returned = handler(JSON.parse(request.event), context, callback);
    if (isPromise(returned)) returned.then(context.succeed, context.fail);
  } catch (error) {
    done({ error });
  }
}

const isAsync = (handler) => handler.constructor?.name === 'AsyncFunction';

function contextOf(request, done) {
  const deadline = clock.now() + request.timeoutMs;
  const { env } = process;
  return {
    callbackWaitsForEmptyEventLoop: true,
    succeed: (result) => done({ result }),
    fail: (error) => done({ error: error ?? 'handled' }),
    done: (error, result) => done(error === undefined || error === null ? { result } : { error }),
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: request.clientContext,
    identity: undefined,
    invokedFunctionArn: request.functionArn,
    awsRequestId: request.id,
    tenantId: undefined,
    getRemainingTimeInMillis: () => deadline - clock.now(),
  };
}

module.exports = { run };
