import type { IncomingMessage } from 'node:http';

/**
 * Why a request must not be answered, or undefined. The emulator runs learners' code, so a web
 * page must not reach it: neither by a foreign Origin nor by a DNS name rebound to this machine.
 */
export function refusal(request: IncomingMessage): string | undefined {
  const host = request.headers.host ?? '';
  if (!isLocal(host)) return `this emulator answers on loopback only, not as "${host}"`;
  const page = foreignPage(request, host);
  return page === undefined ? undefined : `this emulator does not answer web pages of "${page}"`;
}

/** Browsers send Origin with what a script sends, and Sec-Fetch-Site with an image or a link too. */
function foreignPage({ headers }: IncomingMessage, host: string): string | undefined {
  if (headers.origin !== undefined && headers.origin !== `http://${host}`) return headers.origin;
  const site = headers['sec-fetch-site'];
  return site === undefined || /^(none|same-origin)$/.test(String(site))
    ? undefined
    : (headers.referer ?? 'another site');
}

/** Loopback addresses, and names below `localhost` (virtual hosts of buckets, LocalStack's names). */
function isLocal(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return /^(127(\.\d{1,3}){3}|\[::1\]|([a-z0-9.-]+\.)?localhost(\.localstack\.cloud)?)$/.test(name);
}
