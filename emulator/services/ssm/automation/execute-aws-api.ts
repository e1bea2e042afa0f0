import { type Action, failed, type Outcome, type StepRun } from './action';
import { selectOutputs } from './outputs';
import { table } from '../../../table';

type Method = (input: object) => Promise<Record<string, unknown>>;

/** Runbooks name services as boto3 does; folders here are named as SDK packages. */
const folders: Record<string, string> = table({
  config: 'config-service',
  events: 'eventbridge',
  logs: 'cloudwatch-logs',
  resourcegroupstaggingapi: 'resource-groups-tagging-api',
  stepfunctions: 'sfn',
});

/** What an API call inside a step came to: the answer as JSON shows it, or the step's end. */
type Answer = { response: Record<string, unknown> } | { outcome: Outcome };

/** Calls `Service` and `Api` with all other inputs, as the automation's role. */
export async function callApi({ step, inputs, caller, call }: StepRun): Promise<Answer> {
  const { Service, Api, PropertySelector: _s, DesiredValues: _d, ...input } = inputs;
  const [service, api] = [String(Service), String(Api)];
  let client: Record<string, Method | undefined>;
  try {
    client = call.client<Record<string, Method>>(folders[service] ?? service, caller);
  } catch {
    return { outcome: failed(`${step.action} of ${service} is not emulated`) };
  }
  const method = client[api.charAt(0).toLowerCase() + api.slice(1)];
  // The text is not verified.
  if (!method) return { outcome: failed(`Api ${api} is not found in service ${service}`) };
  try {
    const { $metadata: _m, ...response } = await method.call(client, input);
    return { response: JSON.parse(JSON.stringify(response)) as Record<string, unknown> };
  } catch (error) {
    const { name, message } = error as Error;
    return {
      outcome: failed(`An error occurred (${name}) when calling the ${api} operation: ${message}`),
    };
  }
}

/** `aws:executeAwsApi`: one call of one operation. */
export const executeAwsApi: Action = async (run) => {
  const answer = await callApi(run);
  if ('outcome' in answer) return answer.outcome;
  try {
    const outputs = selectOutputs(run.step.outputs, answer.response);
    return {
      status: 'Success',
      outputs: { ...outputs, OutputPayload: JSON.stringify(answer.response) },
    };
  } catch (error) {
    return failed((error as Error).message);
  }
};
