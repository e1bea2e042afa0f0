import type { WireRequest, WireResponse } from '../../wire';
import type { SnsCall } from './state';
import { subscriptions } from './subscriptions';

/**
 * Answers who visits a SubscribeURL or an UnsubscribeURL: a GET that nobody signs, with the
 * operation and its members in the query, as with AWS.
 */
export function visit(request: WireRequest, call: SnsCall): WireResponse {
  const query = new URLSearchParams(request.query);
  const action = query.get('Action') ?? '';
  try {
    if (action === 'ConfirmSubscription') return confirm(query, call);
    if (action === 'Unsubscribe') return unsubscribe(query, call);
    return failure(
      'InvalidAction',
      `Could not find operation ${action} for version NO_VERSION_SPECIFIED`,
    );
  } catch (error) {
    if (!(error instanceof Error) || !('$fault' in error)) throw error;
    return failure(error.name.replace(/Exception$/, ''), error.message);
  }
}

function confirm(query: URLSearchParams, call: SnsCall): WireResponse {
  const { SubscriptionArn } = subscriptions.ConfirmSubscription(
    { TopicArn: query.get('TopicArn') ?? '', Token: query.get('Token') ?? '' },
    call,
  );
  return answer(
    200,
    'ConfirmSubscriptionResponse',
    `<ConfirmSubscriptionResult><SubscriptionArn>${SubscriptionArn}</SubscriptionArn></ConfirmSubscriptionResult><ResponseMetadata><RequestId>${call.requestId}</RequestId></ResponseMetadata>`,
  );
}

function unsubscribe(query: URLSearchParams, call: SnsCall): WireResponse {
  subscriptions.Unsubscribe({ SubscriptionArn: query.get('SubscriptionArn') ?? '' }, call);
  const metadata = `<ResponseMetadata><RequestId>${call.requestId}</RequestId></ResponseMetadata>`;
  return answer(200, 'UnsubscribeResponse', metadata);
}

const failure = (code: string, message: string): WireResponse =>
  answer(
    400,
    'ErrorResponse',
    `<Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`,
  );

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

const answer = (status: number, name: string, content: string): WireResponse => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body: `<${name} xmlns="http://sns.amazonaws.com/doc/2010-03-31/">${content}</${name}>`,
});
