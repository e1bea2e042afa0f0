import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Principal } from '../principal';
import type { GivenContext } from './context';
import type { Scope, Statement } from './document';
import type { AccessRequest, Evaluation } from './evaluate';

export type Denied = Omit<AccessRequest, 'context'> & { context?: GivenContext };

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

// Hides details from the denied caller, as AWS does, not from whoever reads this file.
const key = digestOf('authorisation failure');
const nonceLength = 12;
const tagLength = 16;

/** Why a request was denied, for `sts:DecodeAuthorizationMessage` of the caller's account alone. */
export function encodeFailure(request: Denied, evaluation: Evaluation): string {
  const text = JSON.stringify(detailsOf(request, evaluation));
  // The same denial gives the same message: no number is drawn for it.
  const nonce = digestOf(text).subarray(0, nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(request.principal.accountId));
  const body = Buffer.concat([cipher.update(deflateRawSync(text)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** The details as JSON; `undefined` for what was not encoded for this account. */
export function decodeFailure(message: string, accountId: string): string | undefined {
  const bytes = Buffer.from(message, 'base64url');
  if (bytes.length <= nonceLength + tagLength || bytes.toString('base64url') !== message)
    return undefined;
  const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceLength));
  cipher.setAAD(Buffer.from(accountId));
  cipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
  try {
    const body = cipher.update(bytes.subarray(nonceLength + tagLength));
    return inflateRawSync(Buffer.concat([body, cipher.final()])).toString();
  } catch {
    return undefined;
  }
}

const listed = <T>(items: T[]) => ({ items });
const valuesOf = (values: string[]) => listed(values.map((value) => ({ value })));

/** Members and their nesting as in AWS's own example of `aws sts decode-authorization-message`. */
function detailsOf(request: Denied, { decision, matched }: Evaluation) {
  const { principal, action, resource, context = {} } = request;
  const id = idOf(principal, context);
  const denials = matched.filter(({ effect }) => effect === 'Deny');
  return {
    allowed: false,
    explicitDeny: decision === 'explicitDeny',
    matchedStatements: listed(denials.map(({ said }) => statementOf(said, id))),
    failures: listed([]),
    context: {
      principal: {
        id,
        ...(principal.type === 'user' ? { name: principal.userName } : {}),
        arn: principal.arn,
      },
      action: action.slice(action.indexOf(':') + 1),
      resource,
      conditions: listed(
        Object.entries(context).map(([name, values]) => ({
          key: name,
          values: valuesOf([values].flat()),
        })),
      ),
    },
  };
}

const statementOf = ({ sid = '', action, resource, conditions }: Statement, id: string) => ({
  statementId: sid,
  effect: 'DENY',
  principals: valuesOf([id]),
  principalGroups: listed([]),
  ...scopeOf(['actions', 'notActions'], action),
  ...scopeOf(['resources', 'notResources'], resource),
  conditions: listed(
    conditions.map(({ key: name, values }) => ({ key: name, values: valuesOf(values) })),
  ),
});

/** `NotAction` and `NotResource` under names of their own, which are unverified. */
const scopeOf = ([plain, negated]: [string, string], scope: Scope | undefined) => ({
  [plain]: valuesOf(scope && !scope.negated ? scope.values : []),
  ...(scope?.negated ? { [negated]: valuesOf(scope.values) } : {}),
});

function idOf(principal: Principal, context: GivenContext): string {
  const known = context['aws:userid'];
  if (typeof known === 'string') return known;
  return principal.type === 'root' ? principal.accountId : principal.arn;
}
