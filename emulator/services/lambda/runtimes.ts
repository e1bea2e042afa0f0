import { Runtime } from '@aws-sdk/client-lambda';
import { invalid } from './errors';

const supported = /^(nodejs(18|20|22|24)\.x|python3\.(9|10|11|12|13|14))$/;
const ended =
  /^(nodejs(4\.3|4\.3-edge|6\.10|8\.10|10\.x|12\.x|14\.x|16\.x)?|python(2\.7|3\.[678]))$/;

/** AWS's own list, in AWS's order. */
const offered =
  'nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, nodejs22.x, java25, python3.10, python3.11, java21, ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, java17, nodejs16.x, dotnet10, dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2';

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
  if (!(Object.values(Runtime) as string[]).includes(runtime))
    throw invalid(
      `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${offered}] or be a valid ARN`,
    );
  throw invalid(
    `The runtime ${runtime} is not emulated: nodejs18.x to 24.x and python3.9 to 3.14 are.`,
  );
}

export const isPython = (runtime: string): boolean => runtime.startsWith('python');
