import { type ConfigCall, type RemediationExceptionRecord, remediationKey } from '../state';

interface Target {
  rule: string;
  type: string;
  id: string;
}

const isValid = ({ expiresAt }: RemediationExceptionRecord, now: Date): boolean =>
  expiresAt === undefined || expiresAt > now;

/** Whether a resource is excepted from automatic remediation at this moment. */
export function hasException(target: Target, call: ConfigCall): boolean {
  const exception = call.state.exceptions.get(remediationKey(target));
  return exception !== undefined && isValid(exception, call.now());
}

/** The exceptions of a rule that have not expired. */
export const exceptionsOf = (rule: string, call: ConfigCall): RemediationExceptionRecord[] =>
  [...call.state.exceptions.values()].filter(
    (exception) => exception.rule === rule && isValid(exception, call.now()),
  );

/** The exception that Config itself adds when its attempts are used up. */
export function addException({ rule, type, id }: Target, call: ConfigCall): void {
  call.state.exceptions.set(remediationKey({ rule, type, id }), {
    rule,
    type,
    id,
    // The text is not verified.
    message: 'Automatic remediation failed: the maximum number of attempts is reached.',
  });
  call.touch();
}
