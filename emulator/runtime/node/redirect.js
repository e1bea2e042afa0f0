'use strict';
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

module.exports = { redirect };
