'use strict';
const http = require('node:http');
const https = require('node:https');
const { syncBuiltinESMExports } = require('node:module');
const { Socket } = require('node:net');

/**
 * Queue URLs carry the address at which the emulator says that it listens, and the SDK for SQS
 * connects to the host of the URL; an emulator that listens elsewhere is reached there.
 */
function redirect(from, to) {
  const [nominal, actual] = [from, to].map((url) => Number(new URL(url).port));
  if (nominal === actual) return;
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function (...values) {
    const [options] = Array.isArray(values[0]) ? values[0] : values;
    const isOurs = /^(127\.0\.0\.1|localhost)$/.test(options?.host ?? '');
    if (isOurs && Number(options.port) === nominal) options.port = actual;
    return connect.apply(this, values);
  };
}

/**
 * Code that answers CloudFormation takes the host of a ResponseURL and speaks HTTPS to it, as AWS's
 * own examples do; the emulator speaks HTTP only.
 */
function answerPlainly(address) {
  const { port } = new URL(address);
  for (const name of ['request', 'get']) {
    const secure = https[name];
    https[name] = (...values) => {
      const plain = plainOptions(values[0], Number(port));
      return plain ? http[name](plain, ...values.slice(1)) : secure(...values);
    };
  }
  syncBuiltinESMExports();
}

/** Options of the same request to the emulator, when it is one. */
function plainOptions(target, port) {
  if (typeof target === 'string' || target instanceof URL)
    return new URL(target).protocol === 'http:' ? target : undefined;
  return isForHere(target) ? { ...target, protocol: 'http:', port, agent: undefined } : undefined;
}

const isForHere = ({ hostname, host = '', path = '' }) =>
  /^(127\.0\.0\.1|localhost)$/.test(hostname ?? host) && path.startsWith('/cloudformation-');

module.exports = { answerPlainly, redirect };
