export { assumeFor } from './assume';
export { buildProject } from './build-project';
export { type Failure, failureOf } from './failure';
export { lambdaFunction } from './lambda-function';
export { pipeline } from './pipeline';
export { queue, sendToQueue } from './queue';
export { type Exhausted, nextTry, type RetryPolicy, type Tries } from './retry';
export type { Shipment, Target as TargetService, TargetCall } from './target';
export { topic } from './topic';
