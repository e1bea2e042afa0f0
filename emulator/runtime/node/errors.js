'use strict';
// Errors in the words of AWS's own runtime for Node.
const { types } = require('node:util');
const { asOnAws } = require('./places');

const runtimeError = (name) =>
  class extends Error {
    get name() {
      return `Runtime.${name}`;
    }
  };

const ImportModuleError = runtimeError('ImportModuleError');
const HandlerNotFound = runtimeError('HandlerNotFound');
const MalformedHandlerName = runtimeError('MalformedHandlerName');
const UserCodeSyntaxError = runtimeError('UserCodeSyntaxError');
const CallbackHandlerDeprecated = runtimeError('CallbackHandlerDeprecated');

class NodeJsExit extends runtimeError('NodeJsExit') {
  constructor() {
    super(
      'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
    );
  }
}

class UnhandledPromiseRejection extends runtimeError('UnhandledPromiseRejection') {
  constructor(reason, promise) {
    super(reason);
    this.reason = reason;
    this.promise = promise;
  }
}

const isError = (value) =>
  types.isNativeError(value) ||
  ['name', 'message', 'stack'].every(
    (member) => value?.[member] && typeof value[member] === 'string',
  );

/** A stack line by line, with AWS's folders. */
const linesOf = (stack) => (typeof stack === 'string' ? asOnAws(stack).split('\n') : []);

/** The payload that the caller of a failed invocation gets. */
function payloadOf(error) {
  if (!isError(error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: linesOf(error.stack) };
}

/** The error as a line of the log shows it: with what is not enumerable, and after a tab. */
const shown = (error) =>
  `\t${JSON.stringify(toError(error), (_key, value) => (value instanceof Error ? withMembers(value) : value))}`;

const withMembers = (error) => {
  const { name: errorType, message: errorMessage, code, stack } = error;
  const members = Object.assign({ errorType, errorMessage, code }, error);
  return typeof stack === 'string' ? Object.assign(members, { stack: linesOf(stack) }) : members;
};

const toError = (value) => (value instanceof Error ? value : new Error(value));

module.exports = {
  CallbackHandlerDeprecated,
  HandlerNotFound,
  ImportModuleError,
  MalformedHandlerName,
  NodeJsExit,
  UnhandledPromiseRejection,
  UserCodeSyntaxError,
  linesOf,
  payloadOf,
  shown,
  toError,
};
