import { afterWallTime } from '../../../clock/wall';
import { WarmPool } from '../../../runtime';
import { functionArn } from '../find-function';
import type { LambdaCall, LambdaFunction, Version } from '../state';
import type { Environment, Outcome } from './environment';
import { writeEnd, writeStart } from './report';
import { type Result, resultOf } from './result';
import { startEnvironment } from './start';

/** At most so many live at once, over all functions; about 41 MB each. */
const limits = { limit: 8, idleMs: 120_000 };
/** AWS's limit for loading code. */
const initLimitMs = 10_000;

/** One invocation of one version. */
export interface Invocation {
  fn: LambdaFunction;
  version: Version;
  /** As the caller named it: a version or an alias. */
  qualifier: string | undefined;
  requestId: string;
  payload: string;
  clientContext?: unknown;
}

const environmentsOf = ({ runtime }: LambdaCall): WarmPool<Environment> =>
  runtime.keep('lambda', () => new WarmPool<Environment>(limits));

/** Ends what still runs older code or settings of a function. */
export const retireEnvironments = ({ name }: LambdaFunction, call: LambdaCall): void =>
  environmentsOf(call).retire((key) => key.startsWith(`${functionArn(name, call)}/`));

/** Runs the handler in an environment of its own and says how it went; errors of code are no throws. */
export async function execute(invocation: Invocation, call: LambdaCall): Promise<Result> {
  const { fn, version } = invocation;
  const request = {
    key: `${functionArn(fn.name, call)}/${version.version}/${version.revisionId}`,
    isUrgent: call.runtime.isForChild(),
    start: () => startEnvironment(invocation, call),
  };
  return environmentsOf(call).use(request, (environment) =>
    call.runtime.answering(environment.credentials.AccessKeyId ?? '', () =>
      runIn(environment, invocation, call),
    ),
  );
}

async function runIn(
  environment: Environment,
  invocation: Invocation,
  call: LambdaCall,
): Promise<Result> {
  const { requestId, version } = invocation;
  const { settings } = version;
  const { logs } = environment;
  const now = call.now();
  const about = { requestId, version: version.version, settings, now };
  const isUp = await within(initLimitMs + settings.timeout * 1000, environment.initialised);
  writeStart(logs, about);
  const startedAt = performance.now();
  const outcome = isUp
    ? await within(settings.timeout * 1000, environment.run(requestFor(invocation, call), call))
    : undefined;
  const durationMs = Math.min(performance.now() - startedAt, settings.timeout * 1000);
  if (!outcome || isFatal(outcome)) environment.end();
  environment.writeRest();
  const judged = resultOf(outcome, { requestId, timeout: settings.timeout, startedAt: now });
  for (const line of logs.isJson ? [] : judged.lines) logs.write(line);
  writeEnd(logs, about, { ...judged.measured, durationMs, initMs: environment.takeInitMs() });
  logs.flush(call);
  const { payload, functionError } = judged;
  return {
    payload,
    ...(functionError === undefined ? {} : { functionError }),
    durationMs,
    logTail: logs.takeTail(),
  };
}

const isFatal = (outcome: Outcome): boolean => outcome.kind !== 'answer' || outcome.answer.isFatal;

/** Wall time: `undefined` when it is up. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  let disarm = () => {};
  const late = new Promise<undefined>((resolve) => {
    disarm = afterWallTime(milliseconds, () => resolve(undefined));
  });
  const first = await Promise.race([work, late]);
  disarm();
  return first;
}

const requestFor = (
  { fn, version, qualifier, requestId, payload, clientContext }: Invocation,
  call: LambdaCall,
) => ({
  id: requestId,
  event: payload,
  clientContext,
  timeoutMs: version.settings.timeout * 1000,
  functionArn: functionArn(fn.name, call, qualifier),
  traceId: `Root=1-${Math.floor(call.now().getTime() / 1000).toString(16)}-${call.random.hex(24)};Parent=${call.random.hex(16)};Sampled=0`,
});
