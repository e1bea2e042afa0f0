import type { InvocationResponse, InvocationType, Lambda } from '@aws-sdk/client-lambda';
import { parseJson } from '../../../json';
import { type Action, failed, type Outcome, type StepRun } from './action';
import { asText } from './interpolate';
import { selectOutputs } from './outputs';

interface Inputs {
  FunctionName?: string;
  Qualifier?: string;
  InvocationType?: InvocationType;
  LogType?: 'None' | 'Tail';
  ClientContext?: string;
  /** Text, or what is to become JSON. */
  Payload?: unknown;
  InputPayload?: unknown;
}

/** `aws:invokeLambdaFunction`: calls a function as the automation's role and takes its answer. */
export const invokeLambdaFunction: Action = async (run) => {
  const { FunctionName = '', InputPayload, Payload = InputPayload, ...more } = run.inputs as Inputs;
  try {
    const answer = await run.call.client<Lambda>('lambda', run.caller).invoke({
      ...more,
      FunctionName,
      ...(Payload === undefined ? {} : { Payload: asText(Payload) }),
    });
    return outcomeOf(answer, run, FunctionName);
  } catch (error) {
    const { name, message } = error as Error;
    return failed(`An error occurred (${name}) when calling the Invoke operation: ${message}`);
  }
};

// The text is not verified.
function outcomeOf(
  { StatusCode, FunctionError, LogResult, Payload = new Uint8Array() }: InvocationResponse,
  { step }: StepRun,
  name: string,
): Outcome {
  const text = new TextDecoder().decode(Payload);
  if (FunctionError !== undefined) {
    return failed(`Invoking the function ${name} ended in a ${FunctionError} error: ${text}`);
  }
  const known = { StatusCode, LogResult };
  const selected = selectOutputs(step.outputs, { ...known, Payload: parseJson(text) ?? text });
  const all = Object.entries({ ...known, Payload: text || undefined, ...selected });
  const outputs = Object.fromEntries(all.filter(([, value]) => value !== undefined));
  return { status: 'Success', outputs };
}
