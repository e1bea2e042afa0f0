import type { LambdaCall, Package } from './state';

/** Where the package can be fetched, without a signature as with AWS's presigned URL. */
export const codeLocation = ({ blob }: Package, { endpoint, region, accountId }: LambdaCall) =>
  `${endpoint}/lambda-code/arn:aws:lambda:${region}:${accountId}:code:${blob}`;
