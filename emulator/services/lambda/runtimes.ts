import type { Runtime } from '@aws-sdk/client-lambda';
import { invalid } from './errors';

const supported = /^(nodejs(18|20|22|24)\.x|python3\.(9|10|11|12|13|14))$/;
const ended =
  /^(nodejs(4\.3|4\.3-edge|6\.10|8\.10|10\.x|12\.x|14\.x|16\.x)?|python(2\.7|3\.[678]))$/;

/** Runs on this machine's own `node` and `python3`, whatever their version. */
export function checkRuntime(runtime: string | undefined): Runtime {
  if (runtime === undefined || runtime === '')
    throw invalid(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    );
  if (supported.test(runtime)) return runtime as Runtime;
  if (ended.test(runtime))
    throw invalid(
      `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
    );
  throw invalid(
    `The runtime ${runtime} is not emulated: nodejs18.x to 24.x and python3.9 to 3.14 are.`,
  );
}

export const isPython = (runtime: string): boolean => runtime.startsWith('python');
