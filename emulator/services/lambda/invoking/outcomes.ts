import { parseJson, parseObject } from '../../../json';
import { eventInvokeOf } from '../event-invoke';
import { arnOf, findVersion, type Found } from '../find-function';
import { sessionNameOf } from '../role';
import type { LambdaCall, QueuedEvent } from '../state';
import { type Message, send } from './destinations';
import { count, publishForFunction } from './metrics';

/** Why an event is done with. */
export type Condition =
  'Success' | 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency';

interface Done {
  event: QueuedEvent;
  condition: Condition;
}

/** Tells the destination, and of a failure the dead-letter queue too, as the execution role. */
export async function report(found: Found, done: Done, call: LambdaCall): Promise<void> {
  const destination = destinationOf(found, done);
  const { deadLetterArn } = findVersion(found).settings;
  if (destination !== undefined) {
    const record = recordFor(destination, found, done);
    await deliver(record, { found, counting: 'DestinationDeliveryFailures' }, call);
  }
  if (done.condition !== 'Success' && deadLetterArn !== '') {
    const letter = deadLetter(deadLetterArn, done.event);
    await deliver(letter, { found, counting: 'DeadLetterErrors' }, call);
  }
}

function destinationOf(found: Found, { condition }: Done): string | undefined {
  const { OnSuccess, OnFailure } = eventInvokeOf(found)?.destinations ?? {};
  return (condition === 'Success' ? OnSuccess : OnFailure)?.Destination;
}

/** What cannot be delivered is lost and counted. */
async function deliver(
  message: Message,
  { found, counting }: { found: Found; counting: string },
  call: LambdaCall,
): Promise<void> {
  const { role } = findVersion(found).settings;
  try {
    const as = await call.assume(role, 'lambda.amazonaws.com', sessionNameOf(found.fn.name));
    await send(message, as, call);
  } catch (error) {
    if (!(error instanceof Error && '$fault' in error)) throw error;
    publishForFunction(found.fn, { [counting]: count(1) }, call);
  }
}

/** The document that a destination gets. */
function recordFor(arn: string, found: Found, { event, condition }: Done): Message {
  const { last, id, attempts, payload } = event;
  const functionArn = arnOf({ ...found.reference, qualifier: found.qualifier ?? '$LATEST' });
  const record = (timestamp: Date) => ({
    version: '1.0',
    timestamp: timestamp.toISOString(),
    requestContext: {
      requestId: id,
      functionArn,
      condition,
      approximateInvokeCount: attempts,
    },
    requestPayload: parseJson(payload),
    ...(last && {
      responseContext: {
        statusCode: 200,
        executedVersion: last.version,
        ...(last.functionError === undefined ? {} : { functionError: last.functionError }),
      },
      responsePayload: parseJson(last.payload),
    }),
  });
  return { arn, record, functionArn, isSuccess: condition === 'Success' };
}

/** The event itself, with why it was not handled. */
function deadLetter(arn: string, { id, payload, last }: QueuedEvent): Message {
  const { errorMessage: told } = parseObject(last?.payload ?? '') ?? {};
  const errorMessage = typeof told === 'string' ? told : 'Rate Exceeded.';
  return {
    arn,
    body: payload,
    attributes: {
      RequestID: { DataType: 'String', StringValue: id },
      ErrorCode: { DataType: 'Number', StringValue: last ? '200' : '429' },
      ErrorMessage: {
        DataType: 'String',
        StringValue: errorMessage.slice(0, 1024),
      },
    },
  };
}
