'use strict';
// What a handler writes, as Lambda logs it: console.* with a prefix or as JSON, streams as they are.
const { format } = require('node:util');
const { timestamp } = require('../../clock/in-child');
const { send } = require('./channel');
const { linesOf, shown, toError } = require('./errors');

const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const methods = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  log: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'FATAL',
};

let requestId;
const unfinished = { stdout: '', stderr: '' };

/** Takes over the console and both streams. */
function capture({ isJson, level = 'TRACE' }) {
  const write = isJson ? writeJson : writeText;
  for (const [method, own] of Object.entries(methods)) {
    const isOn = own === 'FATAL' || levels.indexOf(own) >= levels.indexOf(level);
    console[method] = isOn ? (...values) => write(own, values) : () => {};
  }
  for (const stream of ['stdout', 'stderr']) process[stream].write = writer(stream);
  return (message, error) =>
    isJson ? console.error(toError(error)) : console.error(message, shown(error));
}

function writeText(level, values) {
  send({ log: `${timestamp()}\t${requestId}\t${level}\t${format(...values)}` });
}

function writeJson(level, values) {
  const entry = { timestamp: timestamp(), level, requestId };
  if (values.length === 1) {
    send({ log: stringify({ ...entry, message: values[0] }) });
    return;
  }
  const error = values.find((value) => value instanceof Error);
  send({
    log: stringify({ ...entry, message: format(...values), ...(error && described(error)) }),
  });
}

const described = (error) => ({
  errorType: error.constructor?.name ?? 'UnknownError',
  errorMessage: error.message,
  stackTrace: linesOf(error.stack),
});

function stringify(entry) {
  try {
    return JSON.stringify(entry, (_key, value) =>
      value instanceof Error ? Object.assign(described(value), value) : value,
    );
  } catch {
    return JSON.stringify({ ...entry, message: format(entry.message) });
  }
}

/** Each line of a stream is one event; what has no end yet waits for it. */
function writer(stream) {
  return (chunk, encoding, done) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    const lines = (unfinished[stream] + text).split('\n');
    unfinished[stream] = lines.pop();
    for (const line of lines) send({ log: line });
    const callback = typeof encoding === 'function' ? encoding : done;
    if (callback) process.nextTick(callback);
    return true;
  };
}

/** The invocation has ended: its last line counts as one. */
function flush() {
  for (const stream of ['stdout', 'stderr']) {
    if (unfinished[stream] !== '') send({ log: unfinished[stream] });
    unfinished[stream] = '';
  }
}

const setRequestId = (id) => void (requestId = id);

module.exports = { capture, flush, setRequestId };
