import type { WireRequest, WireResponse } from '../../wire';
import type { LambdaCall, Package } from './state';

const prefix = '/lambda-code/';

/** Where the package can be fetched, without a signature as with AWS's presigned URL. */
export const codeLocation = (
  { blob }: Package,
  { endpoint, region, accountId }: LambdaCall,
): string => `${endpoint}${prefix}arn:aws:lambda:${region}:${accountId}:code:${blob}`;

/** Hands out a package that a function of the account has. */
export function fetchCode({ path }: WireRequest, call: LambdaCall): WireResponse {
  const blob = decodeURIComponent(path).split(':').at(-1);
  const isKnown = [...call.state.functions.values()]
    .flatMap((fn) => [fn.latest, ...fn.versions.values()])
    .some(({ settings }) => settings.code.blob === blob);
  if (!isKnown || blob === undefined)
    return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'no such package\n' };
  return {
    status: 200,
    headers: { 'content-type': 'application/zip' },
    body: call.blobs.get(blob),
  };
}
