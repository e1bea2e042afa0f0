import {
  InvalidRequestContentException,
  InvocationType,
  type InvokeCommandInput,
  LogType,
} from '@aws-sdk/client-lambda';
import { Uint8ArrayBlobAdapter } from '@smithy/core/serde';
import { awsError } from '../../../errors';
import { parseJson } from '../../../json';
import { refuse } from '../../../refuse';
import { checkOneOf } from '../errors';
import { findFunction, findVersion } from '../find-function';
import type { LambdaHandlers } from '../state';
import { acceptEvent } from './asynchronous';
import { perform } from './perform';

/** Bytes of a payload by invocation type. */
const largest = { RequestResponse: 6_291_456, Event: 1_048_576, DryRun: 6_291_456 };

export const invoking = {
  async Invoke(input, call) {
    const { InvocationType: type = 'RequestResponse' } = input;
    checkOneOf(type, 'invocationType', InvocationType);
    checkOneOf(input.LogType, 'logType', LogType);
    const payload = payloadOf(input);
    const found = findFunction(input, call);
    findVersion(found);
    if (type === 'DryRun') return { StatusCode: 204 };
    const { accountId, region } = found.reference;
    const there = call.elsewhere(accountId, region);
    if (type === 'Event') {
      acceptEvent(found, { id: call.requestId, payload }, there);
      return { StatusCode: 202 };
    }
    const clientContext = clientContextOf(input);
    const request = { requestId: call.requestId, payload, clientContext };
    const { version, result } = await perform(found, request, there);
    return {
      StatusCode: 200,
      ExecutedVersion: version,
      Payload: Uint8ArrayBlobAdapter.fromString(result.payload),
      ...(result.functionError === undefined ? {} : { FunctionError: result.functionError }),
      ...(input.LogType === 'Tail' ? { LogResult: result.logTail } : {}),
    };
  },
} satisfies LambdaHandlers;

/** The event as text; none is `{}` to the handler. */
function payloadOf({
  Payload,
  InvocationType: type = 'RequestResponse',
}: InvokeCommandInput): string {
  const bytes = Buffer.from((Payload ?? '') as Uint8Array);
  const text = bytes.toString();
  const size = bytes.length;
  if (size > largest[type])
    throw awsError(
      'RequestEntityTooLargeException',
      `${size} byte payload is too large for the ${type} invocation type (limit ${largest[type]} bytes)`,
      { status: 413 },
    );
  if (text.trim() === '') return '{}';
  if (parseJson(text) === undefined)
    // What AWS's parser says after the second colon was not verified.
    throw refuse(
      InvalidRequestContentException,
      'Could not parse request body into json: Could not parse payload into json: Unexpected token',
    );
  return text;
}

function clientContextOf({ ClientContext: text }: InvokeCommandInput): unknown {
  return text === undefined ? undefined : parseJson(Buffer.from(text, 'base64').toString());
}
