import { LearnerError } from '../errors';
import { reached } from './embedded';
import type { Target } from './target';
import { wallClock } from './wall-clock';

/** LocalStack, or what calls itself a drop-in: LOCALSTACK_ENDPOINT names it. */
export async function openLocalStack(): Promise<Target> {
  const endpoint = process.env['LOCALSTACK_ENDPOINT'] || 'http://127.0.0.1:4566';
  if (!(await answers(endpoint))) throw new LearnerError('ENDPOINT_NOT_REACHABLE', [endpoint]);
  return { name: 'localstack', accountId: '000000000000', ...reached(endpoint), clock: wallClock };
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    const url = new URL('/_localstack/health', endpoint);
    const health: unknown = await (await fetch(url, { signal: AbortSignal.timeout(3000) })).json();
    return typeof health === 'object' && health !== null && 'services' in health;
  } catch {
    // Refused, timed out, no URL or no JSON: whatever it is, it is not LocalStack.
    return false;
  }
}
