import { ToolkitError } from '@aws-cdk/toolkit-lib';
import type { DeployFailure } from './messages';

/** Sorts an error of the CDK by whose it is to mend. */
export function failureOf(error: unknown): DeployFailure {
  if (ToolkitError.isBootstrapError(error)) return { kind: 'bootstrap', message: error.message };
  if (ToolkitError.isAssemblyError(error)) return { kind: 'synth', message: whole(error) };
  const message = error instanceof Error ? chain(error) : String(error);
  return { kind: 'deploy', message: plain(message) };
}

/** The learner's own error, with the lines of the stack that lie in files that they can open. */
function whole(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : error;
  const places = (cause.stack ?? '')
    .split('\n')
    .filter(
      (line) =>
        /^\s+at /.test(line) && /\/(work|labs)\//.test(line) && !line.includes('node_modules'),
    );
  return [cause.message, ...places.slice(0, 3)].join('\n');
}

/** Without the CDK's mark, the names of its own classes and the frames of its own code. */
const plain = (message: string): string =>
  message
    .replace(/^\s*❌\s*/, '')
    .replace(/DeploymentError: /, '')
    .split('\n')
    .filter((line) => !/node_modules|\.\.\.@?aws-cdk|\(.*\/lib\/deploy\//.test(line))
    .join('\n')
    .trim();

/** AWS's own reason is often in the cause of the CDK's error. */
function chain(error: Error): string {
  const { cause } = error;
  if (!(cause instanceof Error) || error.message.includes(cause.message)) return error.message;
  return `${error.message}: ${chain(cause)}`;
}
