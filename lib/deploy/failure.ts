import { format } from 'node:util';
import { ToolkitError } from '@aws-cdk/toolkit-lib';
import { homeFolder, projectRoot } from '../home';
import type { DeployFailure } from './messages';

/** Sorts an error of the CDK by whose it is to mend. */
export function failureOf(error: unknown): DeployFailure {
  if (ToolkitError.isBootstrapError(error)) return { kind: 'bootstrap', message: error.message };
  if (ToolkitError.isAssemblyError(error)) return { kind: 'synth', message: withPlaces(error) };
  const message = error instanceof Error ? chain(error) : String(error);
  return { kind: 'deploy', message: plain(message) };
}

/** The learner's own error, with the lines of its stack that lie in files that they can open. */
function withPlaces(error: Error): string {
  const cause = thrownOf(error);
  const places = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [cause.message, ...places.filter(isOpenToLearners).slice(0, 3)].join('\n');
}

/** What the learner's stack threw: an error, or in passing anything else. */
function thrownOf(error: Error): Error {
  const { cause } = error;
  if (cause instanceof Error) return cause;
  return cause === undefined ? error : new Error(format(cause));
}

const isOpenToLearners = (line: string): boolean =>
  line.includes(`${homeFolder()}/work/`) || line.includes(`${projectRoot}/labs/`);

/** AWS's own reason is often in the cause of the CDK's error. */
function chain(error: Error): string {
  const { cause } = error;
  if (!(cause instanceof Error) || error.message.includes(cause.message)) return error.message;
  return `${error.message}: ${chain(cause)}`;
}

/** Without the CDK's mark, the names of its own classes and the frames of its code and ours. */
const plain = (message: string): string =>
  message
    .replace(/^\s*❌\s*/, '')
    .replace(/DeploymentError: /, '')
    .replaceAll(/\.\.\.(?:.* in )?@?aws-cdk\S*\.\.\./g, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes(__dirname))
    // Nothing here lags, and the command that it names is not one of ours.
    .filter((line) => !line.includes('`cdk diagnose`'))
    .join('\n');
