import { type Action, after, failed, timedOut, type StepRun } from './action';
import { callApi } from './execute-aws-api';
import { asText } from './interpolate';
import { select } from './selector';

const pollSeconds = 30;
const defaultTimeout = 3600;

async function readProperty(run: StepRun) {
  const answer = await callApi(run);
  if ('outcome' in answer) return answer;
  const { PropertySelector, DesiredValues } = run.inputs;
  const desired = [DesiredValues].flat();
  const value = select(answer.response, String(PropertySelector));
  const met = desired.some((wanted) => value !== undefined && asText(wanted) === asText(value));
  return { value, desired, met };
}

/** `aws:assertAwsResourceProperty`: the property has a desired value now, or the step fails. */
export const assertAwsResourceProperty: Action = async (run) => {
  const found = await readProperty(run);
  if ('outcome' in found) return found.outcome;
  if (found.met) return { status: 'Success' };
  // The text is not verified.
  return failed(
    `Property value from the API output: ${JSON.stringify(found.value)} is not in desired values: ${JSON.stringify(found.desired)}`,
  );
};

/** `aws:waitForAwsResourceProperty`: looks again until the property has a desired value. */
export const waitForAwsResourceProperty: Action = async (run) => {
  const { call, record, step } = run;
  const found = await readProperty(run);
  if ('outcome' in found) return found.outcome;
  if (found.met) return { status: 'Success' };
  const now = call.now();
  const timeout = Number(step.timeoutSeconds ?? defaultTimeout);
  const deadline = after(record.startedAt ?? now, timeout);
  if (deadline <= now) return timedOut();
  const again = after(now, pollSeconds);
  return { status: 'Waiting', until: again < deadline ? again : deadline };
};
