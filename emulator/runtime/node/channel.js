'use strict';
// Frames to and from the emulator: one JSON text a line.
const fs = require('node:fs');
const { Socket } = require('node:net');
const { join } = require('node:path');
const { Worker } = require('node:worker_threads');

const descriptors = { incoming: 3, outgoing: 4, lifeLine: 5 };

/** Written at once and whole, so that nothing is lost when the code ends its process. */
function send(frame) {
  const bytes = Buffer.from(`${JSON.stringify(frame)}\n`);
  for (let start = 0; start < bytes.length;) start += writeSome(bytes, start);
}

function writeSome(bytes, start) {
  try {
    return fs.writeSync(descriptors.outgoing, bytes, start);
  } catch (error) {
    if (error.code !== 'EAGAIN') throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    return 0;
  }
}

/** Hands each frame over; the socket alone keeps the process alive while nothing else does. */
function receive(handle) {
  const socket = new Socket({ fd: descriptors.incoming, readable: true, writable: false });
  let rest = '';
  socket.setEncoding('utf8').on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) handle(JSON.parse(line));
  });
  return socket;
}

/** Ends this process and what it started when the emulator is gone. */
function watchLifeLine() {
  const workerData = { fd: descriptors.lifeLine };
  const execArgv = [];
  new Worker(join(__dirname, 'life-line.js'), { workerData, execArgv, env: {} }).unref();
}

module.exports = { receive, send, watchLifeLine };
