'use strict';
// Preloaded into a child that runs a learner's Node code: its dates follow the emulator's clock.
const RealDate = Date;
let told = RealDate.now();
let toldAt = performance.now();

/** What was told last, and the wall time that has passed since: learners may measure durations. */
const now = () => Math.floor(told + performance.now() - toldAt);

/** Sets simulated time, in milliseconds since 1970. */
function tell(milliseconds) {
  told = milliseconds;
  toldAt = performance.now();
}

const timestamp = () => new RealDate(now()).toISOString();

const SimulatedDate = new Proxy(RealDate, {
  construct: (target, values, made) =>
    Reflect.construct(target, values.length === 0 ? [now()] : values, made),
  apply: () => new RealDate(now()).toString(),
});
RealDate.now = now;
RealDate.prototype.constructor = SimulatedDate;
globalThis.Date = SimulatedDate;

module.exports = { now, tell, timestamp };
