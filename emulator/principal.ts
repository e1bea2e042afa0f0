/**
 * Whoever makes a call. `arn` is what GetCallerIdentity answers and what policies match.
 * A session of a role carries the role's own ARN too, because trust and tag conditions name it.
 */
export type Principal =
  | { type: 'root'; accountId: string; arn: string }
  | { type: 'user'; accountId: string; arn: string; userName: string }
  | { type: 'role'; accountId: string; arn: string; roleArn: string; sessionName: string }
  | { type: 'service'; accountId: string; arn: string; service: string };

/** Who a call is made as, and on behalf of which resource (`aws:SourceArn`). */
export interface Caller {
  principal: Principal;
  sourceArn?: string | undefined;
  /** The service that passes the caller's request on, `s3.amazonaws.com` (`aws:CalledVia`). */
  via?: string | undefined;
  /** When temporary credentials were handed out, in simulated milliseconds. */
  since?: number | undefined;
  /** Session policies and session tags of temporary credentials. */
  sessionPolicies?: string[];
  tags?: Record<string, string>;
}

/** The account's root user, whom no policy restricts here. */
export const rootOf = (accountId: string): Principal => ({
  type: 'root',
  accountId,
  arn: `arn:aws:iam::${accountId}:root`,
});

/** An AWS service that acts for itself in an account, such as `events.amazonaws.com`. */
export const serviceOf = (service: string, accountId: string): Principal => ({
  type: 'service',
  accountId,
  arn: service,
  service,
});

/** A session of a role, as AssumeRole makes it. */
export function sessionOf(roleArn: string, sessionName: string): Principal {
  const [, , , , accountId = '', path = ''] = roleArn.split(':');
  const roleName = path.slice(path.lastIndexOf('/') + 1);
  const arn = `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`;
  return { type: 'role', accountId, arn, roleArn, sessionName };
}
