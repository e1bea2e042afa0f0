import { versionFor } from '../aliases';
import { findVersion, type Found } from '../find-function';
import type { LambdaCall } from '../state';
import { counted } from './concurrency';
import { execute } from './execute';
import { publishInvocation, publishThrottle } from './metrics';
import type { Result } from './result';

interface Request {
  requestId: string;
  payload: string;
  clientContext?: unknown;
}

/** Runs a function once, whoever asked: chooses the version, counts, measures. Throws when throttled. */
export async function perform(
  found: Found,
  request: Request,
  call: LambdaCall,
): Promise<{ version: string; result: Result }> {
  const { fn, qualifier } = found;
  const version = findVersion({ ...found, qualifier: chosen(found, call) });
  const about = { fn, qualifier, version: version.version, at: call.now() };
  try {
    return await counted(fn, call, async (concurrency) => {
      const result = await execute({ ...request, fn, qualifier, version }, call);
      publishInvocation({ ...about, result, concurrency }, call);
      return { version: version.version, result };
    });
  } catch (error) {
    if (error instanceof Error && error.name === 'TooManyRequestsException')
      publishThrottle(about, call);
    throw error;
  }
}

/** An alias with two versions draws one of them, from the seeded source. */
function chosen({ fn, qualifier }: Found, call: LambdaCall): string | undefined {
  const alias = fn.aliases.get(qualifier ?? '');
  if (!alias) return qualifier;
  const share = alias.routing ? parseInt(call.random.hex(8), 16) / 2 ** 32 : 1;
  return versionFor(alias, share);
}
