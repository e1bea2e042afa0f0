'use strict';
// A thread of its own, because an endless loop in the main thread must not keep an orphan alive:
// when the emulator is gone, however it went, its end of the life line closes.
const { Socket } = require('node:net');
const { workerData } = require('node:worker_threads');

new Socket({ fd: workerData.fd }).resume().on('error', end).on('close', end);

function end() {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    // Where there are no process groups.
    process.kill(process.pid, 'SIGKILL');
  }
}
