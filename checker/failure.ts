import type { Evidence } from './look';

export type FailureKind =
  | 'denied'
  | 'throttled'
  | 'timed out'
  | 'unreachable'
  | 'interrupted'
  | 'not emulated'
  | 'not recorded'
  | 'wavering'
  | 'unexpected';

/** Why a look could not see: never a verdict on the learner's work. */
export interface Failure {
  kind: FailureKind;
  why: string;
  /** The call that was not answered as it should, `iam:ListRoles`. */
  call: string | undefined;
  /** IAM action that the grading identity lacks. */
  action: string | undefined;
  error: string;
}

/** A look that did not end within its deadline. */
export class TimedOut extends Error {
  override name = 'TimedOut';
}

/** The learner stopped the run. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

/** Reads a thrown error; the evidence says which call it answered. */
export function explain(thrown: unknown, evidence: Evidence[]): Failure {
  const error = asError(thrown);
  const kind = kindOf(error);
  const call = evidence.findLast(({ answer }) => answer !== 'ok')?.call;
  const action = kind === 'denied' ? (actionIn(error.message) ?? call) : undefined;
  const why = sentences[kind](error, action ?? call ?? 'a call');
  return { kind, error: error.name, why, call, action };
}

// --- internal ---

const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown));

const codes: [FailureKind, RegExp][] = [
  ['denied', /^(AccessDenied|UnauthorizedOperation|AuthorizationError|NotAuthorized|Forbidden)/],
  ['throttled', /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|BandwidthLimit/],
  ['timed out', /^TimedOut$|Timeout|ETIMEDOUT/],
  ['unreachable', /ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN|socket hang up/],
  ['interrupted', /^Interrupted$/],
  ['not recorded', /^NotRecorded$/],
  ['wavering', /^Wavering$/],
];

function kindOf(error: Error): FailureKind {
  const code = 'code' in error ? String(error.code) : '';
  const names = [error.name, code];
  const found = codes.find(([, pattern]) => names.some((name) => pattern.test(name)));
  if (found) return found[0];
  return / is not emulated/.test(error.message) ? 'not emulated' : byMessage(error.message);
}

// The SDK wraps some connection errors, keeping only their text.
const byMessage = (message: string): FailureKind =>
  /ECONNREFUSED|ECONNRESET|EPIPE|socket hang up/.test(message) ? 'unreachable' : 'unexpected';

const actionIn = (message: string) => /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1];

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const sentences: Record<FailureKind, (error: Error, call: string) => string> = {
  denied: (error, action) =>
    `${action} was denied to the identity that grades (${error.name}: ${error.message}). Allow it ${action}.`,
  throttled: (error, call) =>
    `${call} was throttled again and again (${error.name}). Grade again in a minute.`,
  'timed out': (error, call) =>
    `The account did not answer in time (${error.message || call}). Grade again.`,
  unreachable: (error) => `The account stopped answering: ${error.message || error.name}.`,
  interrupted: () => 'The run was stopped before this was known.',
  'not emulated': (error) => `${error.message}.`,
  'not recorded': (error) => `${sentence(error.message)} The lab's checks have changed since.`,
  wavering: (error) => `${sentence(error.message)} Grade again in a minute.`,
  unexpected: (error, call) =>
    `Looking at the account ended in ${error.name}: ${error.message} (last failed call: ${call}).`,
};
