import { delimiter, join } from 'node:path';
import { sessionOf } from '../../../principal';
import { childEnvironment, type SessionCredentials, withAddress } from '../../../runtime';
import { assumeExecutionRole } from '../role';
import { isPython } from '../runtimes';
import type { LambdaCall, LambdaFunction, Settings, Version } from '../state';
import { Environment } from './environment';
import { LogStream } from './log-stream';
import { runtimeOf } from './runtime-process';
import { workspaceFor, type Workspace } from './workspace';

/** Starts an execution environment of a version; its code is still loading when this answers. */
export async function startEnvironment(
  { fn, version }: { fn: LambdaFunction; version: Version },
  call: LambdaCall,
): Promise<Environment> {
  const { settings } = version;
  const credentials = await assumeExecutionRole(settings.role, fn.name, call);
  const caller = { principal: sessionOf(settings.role, fn.name.slice(0, 64)) };
  const logs = new LogStream({ settings, version: version.version, caller }, call);
  const environment = new Environment(credentials, logs);
  const workspace = workspaceFor(settings, call);
  const address = await call.runtime.address();
  if (settings.logging.SystemLogLevel !== 'WARN') logs.write(initLine(settings, call, logs.isJson));
  const child = call.runtime.start({
    ...runtimeOf(settings, { now: call.now().getTime(), nominal: call.endpoint, address }),
    folder: workspace.task,
    env: variables({ fn, version, credentials, logs }, { workspace, address }, call),
    onOutput: (chunk) => environment.output(chunk),
    onFrame: (frame) => environment.receive(frame),
  });
  environment.attach(child, call);
  return environment;
}

function initLine({ runtime }: Settings, call: LambdaCall, isJson: boolean): string {
  const version = runtime
    .replace('nodejs', 'nodejs:')
    .replace('python', 'python:')
    .replace('.x', '');
  return isJson
    ? JSON.stringify({
        time: call.now().toISOString(),
        type: 'platform.initStart',
        record: { initializationType: 'on-demand', phase: 'init', runtimeVersion: version },
      })
    : `INIT_START Runtime Version: ${version}`;
}

interface About {
  fn: LambdaFunction;
  version: Version;
  credentials: SessionCredentials;
  logs: LogStream;
}

/** AWS's variables, and the function's own. */
function variables(
  { fn, version: { version, settings }, credentials, logs }: About,
  { workspace, address }: { workspace: Workspace; address: string },
  call: LambdaCall,
): Record<string, string> {
  const folder = call.runtime.folders.shared('tmp', () => {});
  const own = Object.entries(settings.environment).map(([name, value]) => [
    name,
    withAddress(value, address),
  ]);
  const levels = settings.logging.ApplicationLogLevel;
  return {
    ...childEnvironment({ address, region: call.region, credentials, folder }),
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    _HANDLER: settings.handler,
    LAMBDA_TASK_ROOT: workspace.task,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    AWS_EXECUTION_ENV: `AWS_Lambda_${settings.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: settings.logging.LogFormat,
    AWS_LAMBDA_LOG_GROUP_NAME: logs.group,
    AWS_LAMBDA_LOG_STREAM_NAME: logs.name,
    ...(levels === undefined ? {} : { AWS_LAMBDA_LOG_LEVEL: levels }),
    ...searchPaths(settings, workspace),
    ...(Object.fromEntries(own) as Record<string, string>),
  };
}

const searchPaths = (settings: Settings, { layers, task }: Workspace): Record<string, string> =>
  isPython(settings.runtime)
    ? { PYTHONPATH: [task, join(layers, 'python')].join(delimiter) }
    : { NODE_PATH: [join(layers, 'nodejs', 'node_modules'), task].join(delimiter) };
