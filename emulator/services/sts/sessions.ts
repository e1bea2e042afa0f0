import type { Credentials } from '@aws-sdk/client-sts';
import type { Caller } from '../../principal';
import type { Session, StsCall } from './state';

const kept = 2000;

/** Makes keys that stand for the principal; the oldest ones of an account are forgotten. */
export function openSession(
  call: StsCall,
  {
    seconds,
    ...about
  }: Omit<Session, 'accessKeyId' | 'expires' | 'createdAt'> & { seconds: number },
): Credentials {
  const accessKeyId = `ASIA${call.random.upper(16)}`;
  const expires = new Date(call.now().getTime() + seconds * 1000);
  const { sessions } = call.stateOf(about.principal.accountId, call.region);
  sessions.set(accessKeyId, { ...about, accessKeyId, expires, createdAt: call.now() });
  for (const oldest of sessions.keys()) {
    if (sessions.size <= kept) break;
    sessions.delete(oldest);
  }
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: call.random.hex(40),
    SessionToken: Buffer.from(call.random.hex(192)).toString('base64'),
    Expiration: expires,
  };
}

/** Whom temporary keys stand for. */
export function principalOf(accessKeyId: string, { state }: StsCall): Caller | undefined {
  const session = state.sessions.get(accessKeyId);
  if (!session) return undefined;
  const { principal, sessionPolicies, tags, createdAt } = session;
  return {
    principal,
    ...(sessionPolicies.length > 0 ? { sessionPolicies } : {}),
    tags,
    since: createdAt?.getTime(),
  };
}
