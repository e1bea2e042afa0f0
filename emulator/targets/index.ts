export { assumeFor } from './assume';
export { buildProject } from './build-project';
export { type Failure, failureOf } from './failure';
export { lambdaFunction } from './lambda-function';
export { pipeline } from './pipeline';
export { queue, sendToQueue } from './queue';
export { type Exhausted, nextTry, type Tries } from './retry';
export type { Target as TargetService } from './target';
export { topic } from './topic';
