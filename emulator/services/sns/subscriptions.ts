import { paginate } from '../../paginate';
import { deliverConfirmation } from './delivery';
import { checkEndpoint } from './endpoints';
import { invalid, invalidText } from './errors';
import {
  checkArn,
  findSubscription,
  findTopic,
  regionOf,
  topicByArn,
  topicOfSubscription,
} from './find-topic';
import { pages } from './pages';
import type { SnsCall, SnsHandlers, Subscription, Topic } from './state';
import { checkSettings, type Settings } from './subscription-attributes';

const pending = 'pending confirmation';

export const subscriptions = {
  Subscribe({ TopicArn, Protocol: protocol = '', Endpoint: endpoint = '', ...more }, call) {
    const topic = findTopic(TopicArn, call);
    checkEndpoint(topic, protocol, endpoint);
    const settings = withoutEmpty(more.Attributes ?? {});
    checkSettings(settings, { topicArn: topic.arn, where: 'Attributes Reason: ' });
    const subscription =
      known(topic, { protocol, endpoint, settings }) ??
      subscribe(topic, { protocol, endpoint, settings }, call);
    const isShown = subscription.token === undefined || more.ReturnSubscriptionArn === true;
    return { SubscriptionArn: isShown ? subscription.arn : pending };
  },

  ConfirmSubscription({ TopicArn = '', Token = '' }, call) {
    const { topic, found } = awaiting(TopicArn, Token, call);
    topic.subscriptions.set(found.arn, found);
    topic.ended = (topic.ended ?? []).filter((one) => one !== found);
    delete found.token;
    return { SubscriptionArn: found.arn };
  },

  Unsubscribe({ SubscriptionArn: arn }, call) {
    if (!arn) throw invalid('SubscriptionArn Reason: no value for required parameter');
    checkArn(arn, 'SubscriptionArn');
    if (arn.split(':').length === 6) throw invalid('SubscriptionId');
    const topic = topicOfSubscription(arn, call);
    const subscription = topic?.subscriptions.get(arn);
    if (topic && subscription) unsubscribe(topic, subscription, call);
  },

  ListSubscriptions({ NextToken }, call) {
    const all = [...call.state.topics.values()].flatMap((topic) => [
      ...topic.subscriptions.values(),
    ]);
    return pageOf(
      all.filter(({ owner }) => owner === call.accountId),
      NextToken,
    );
  },

  ListSubscriptionsByTopic({ TopicArn, NextToken }, call) {
    return pageOf([...findTopic(TopicArn, call).subscriptions.values()], NextToken);
  },

  GetSubscriptionAttributes({ SubscriptionArn }, call) {
    return { Attributes: show(findSubscription(SubscriptionArn, call)) };
  },

  SetSubscriptionAttributes({ SubscriptionArn, AttributeName = '', AttributeValue = '' }, call) {
    const { attributes, topicArn } = findSubscription(SubscriptionArn, call);
    const { FilterPolicyScope, FilterPolicy } = attributes;
    // A new scope is judged with the filter policy that is there, and the other way round.
    const together: Settings = {
      ...(AttributeName === 'FilterPolicy' && FilterPolicyScope ? { FilterPolicyScope } : {}),
      ...(AttributeName === 'FilterPolicyScope' && FilterPolicy ? { FilterPolicy } : {}),
      [AttributeName]: AttributeValue,
    };
    checkSettings(together, { topicArn, where: '' });
    if (AttributeValue === '') delete attributes[AttributeName];
    else attributes[AttributeName] = AttributeValue;
  },
} satisfies SnsHandlers;

/** What a token confirms; a topic that does not exist has none. */
function awaiting(topicArn: string, token: string, call: SnsCall) {
  if (regionOf(topicArn) !== call.region) throw invalid('Topic');
  if (!/^[0-9a-f]{16,}$/.test(token)) throw invalidText('Invalid token');
  const topic = topicByArn(topicArn, call);
  const all = topic ? [...topic.subscriptions.values(), ...(topic.ended ?? [])] : [];
  const found = all.find((one) => one.token === token);
  if (!topic || !found) throw invalid('Token');
  return { topic, found };
}

interface Wanted {
  protocol: string;
  endpoint: string;
  settings: Settings;
}

const withoutEmpty = (settings: Settings): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''));

/** Subscribing the same endpoint once more answers the subscription that is there. */
function known(topic: Topic, { protocol, endpoint, settings }: Wanted): Subscription | undefined {
  const found = [...topic.subscriptions.values()].find(
    (one) => one.protocol === protocol && one.endpoint === endpoint,
  );
  if (found && !Object.entries(settings).every(([name, value]) => show(found)[name] === value))
    throw invalid('Attributes Reason: Subscription already exists with different attributes');
  return found;
}

function subscribe(
  topic: Topic,
  { protocol, endpoint, settings }: Wanted,
  call: SnsCall,
): Subscription {
  const subscription: Subscription = {
    arn: `${topic.arn}:${call.random.uuid()}`,
    topicArn: topic.arn,
    protocol,
    endpoint,
    owner: call.principal.accountId,
    principal: call.principal.arn,
    attributes: settings,
    ...(needsConfirmation(protocol, endpoint, call) ? { token: call.random.hex(64) } : {}),
  };
  topic.subscriptions.set(subscription.arn, subscription);
  if (subscription.token !== undefined && asksEndpoint.has(protocol))
    deliverConfirmation(subscription, 'SubscriptionConfirmation', call);
  return subscription;
}

/** A web server is told, and by the token that it gets may undo it. */
function unsubscribe(topic: Topic, subscription: Subscription, call: SnsCall): void {
  topic.subscriptions.delete(subscription.arn);
  topic.deleted += 1;
  if (!/^https?$/.test(subscription.protocol) || subscription.token !== undefined) return;
  subscription.token = call.random.hex(64);
  topic.ended = [...(topic.ended ?? []), subscription];
  deliverConfirmation(subscription, 'UnsubscribeConfirmation', call);
}

const asksEndpoint = new Set(['sqs', 'lambda', 'http', 'https']);

/** A queue or function needs none when its own account subscribes it, a phone number never. */
const needsConfirmation = (protocol: string, endpoint: string, call: SnsCall): boolean =>
  protocol === 'sqs' || protocol === 'lambda'
    ? endpoint.split(':')[4] !== call.principal.accountId
    : protocol !== 'sms';

function show(subscription: Subscription): Record<string, string> {
  const { attributes } = subscription;
  return {
    Owner: subscription.owner,
    RawMessageDelivery: 'false',
    TopicArn: subscription.topicArn,
    Endpoint: subscription.endpoint,
    Protocol: subscription.protocol,
    PendingConfirmation: String(subscription.token !== undefined),
    ConfirmationWasAuthenticated: String(subscription.token === undefined),
    SubscriptionArn: subscription.arn,
    SubscriptionPrincipal: subscription.principal,
    ...(attributes['FilterPolicy'] ? { FilterPolicyScope: 'MessageAttributes' } : {}),
    ...attributes,
  };
}

function pageOf(all: Subscription[], token: string | undefined) {
  const { page, next } = paginate(all, token, pages);
  return {
    Subscriptions: page.map((one) => ({
      SubscriptionArn: one.token === undefined ? one.arn : 'PendingConfirmation',
      Owner: one.owner,
      Protocol: one.protocol,
      Endpoint: one.endpoint,
      TopicArn: one.topicArn,
    })),
    ...(next === undefined ? {} : { NextToken: next }),
  };
}
