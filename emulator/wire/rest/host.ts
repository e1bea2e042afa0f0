const serviceHost =
  /^(?:(.+)\.)?s3(?:[.-](?:dualstack\.)?[a-z0-9-]+)?\.(?:amazonaws\.com(?:\.cn)?|localhost(?:\.localstack\.cloud)?)$/;
const localHost = /^(.+)\.localhost(?:\.localstack\.cloud)?$/;

/** The bucket that a virtual-host address names: `bucket.s3.us-east-1.amazonaws.com`, `bucket.localhost`. */
function bucketOfHost(host = ''): string | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  if (!name.endsWith('localhost') && !name.endsWith('.cloud') && !name.includes('.amazonaws.com'))
    return undefined;
  const [isService, bucket] = serviceHost.exec(name) ?? [];
  if (isService !== undefined) return bucket;
  return localHost.exec(name)?.[1];
}

/** The path of a request as path-style addressing would send it. */
export function pathStyle(path: string, host: string | undefined): string {
  const bucket = bucketOfHost(host);
  return bucket === undefined ? path : `/${bucket}${path}`;
}
