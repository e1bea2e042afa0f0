import { parseObject } from '../../json';
import { count } from './activity';
import { carriers, sendToQueue } from './carriers';
import { confirmationEnvelope, envelope } from './envelope';
import { lets } from './filter-policy';
import { topicByArn, topicOfSubscription } from './find-topic';
import type { Outcome, Parcel } from './parcel';
import type { Publication } from './publication';
import { delayBefore } from './retries';
import type { SnsCall, Subscription, Topic } from './state';

/** Hands the message to every confirmed endpoint whose filter lets it through. */
export async function deliver(
  topic: Topic,
  publication: Publication,
  call: SnsCall,
): Promise<void> {
  const reached = [...topic.subscriptions.values()].filter(
    ({ protocol, token }) => protocol in carriers && token === undefined,
  );
  const passed = reached.filter((subscription) => lets(subscription, publication));
  if (passed.length < reached.length)
    count(topic, { filteredOut: reached.length - passed.length }, call);
  const parcels = passed.map((subscription) => parcelFor(subscription, publication, call));
  await Promise.all(parcels.map((parcel) => carry(parcel, call)));
}

/** Asks an endpoint that is not the subscriber's own to confirm. */
export function deliverConfirmation(
  subscription: Subscription,
  type: Parcel['type'],
  call: SnsCall,
): void {
  const messageId = call.random.uuid();
  const body = confirmationEnvelope(subscription, { type, messageId }, call);
  const parcel = { ...parcelTo(subscription), messageId, body, type };
  call.background(() => carry(parcel, call));
}

const parcelTo = ({ arn, topicArn, protocol, endpoint }: Subscription): Parcel => ({
  subscriptionArn: arn,
  topicArn,
  protocol,
  endpoint,
  messageId: '',
  type: 'Notification',
  body: '',
  isRaw: false,
  attributes: {},
  tries: 0,
});

function parcelFor(subscription: Subscription, publication: Publication, call: SnsCall): Parcel {
  const { protocol, attributes } = subscription;
  const { id: messageId, group, deduplicationId } = publication;
  const isRaw = protocol !== 'lambda' && attributes['RawMessageDelivery']?.toLowerCase() === 'true';
  return {
    ...parcelTo(subscription),
    messageId,
    isRaw,
    body: isRaw ? publication.messageFor(protocol) : envelope(publication, subscription, call),
    ...(isRaw && protocol === 'sqs' ? { attributes: publication.attributes } : {}),
    ...(group === undefined ? {} : { group }),
    ...(deduplicationId === undefined ? {} : { deduplicationId }),
  };
}

/** One try; the next one, if there is one, waits in a timer. */
async function carry(parcel: Parcel, call: SnsCall): Promise<void> {
  const outcome = (await carriers[parcel.protocol]?.(parcel, call)) ?? 'refused';
  const topic = topicByArn(parcel.topicArn, call);
  const subscription = topic?.subscriptions.get(parcel.subscriptionArn);
  if (topic && subscription && parcel.type === 'Notification')
    await conclude({ topic, subscription, parcel }, outcome, call);
}

async function conclude(one: Carried, outcome: Outcome, call: SnsCall): Promise<void> {
  if (outcome === 'delivered') count(one.topic, { delivered: 1 }, call);
  else if (outcome === 'refused' || !triesLater(one, call)) await giveUp(one, call);
}

interface Carried {
  topic: Topic;
  subscription: Subscription;
  parcel: Parcel;
}

function triesLater({ parcel, ...of }: Carried, call: SnsCall): boolean {
  const tries = parcel.tries + 1;
  const delay = delayBefore(tries, of);
  if (delay === undefined) return false;
  const at = new Date(call.now().getTime() + delay);
  call
    .elsewhere(of.topic.accountId, of.topic.region)
    .timers.set({ name: 'redeliver', at, payload: { ...parcel, tries } });
  return true;
}

/** A message that nobody takes is lost, or the subscription's dead-letter queue gets it. */
async function giveUp({ topic, subscription, parcel }: Carried, call: SnsCall): Promise<void> {
  count(topic, { failed: 1 }, call);
  const policy = parseObject(subscription.attributes['RedrivePolicy'] ?? '');
  const target = policy?.['deadLetterTargetArn'];
  if (typeof target !== 'string') return;
  const outcome: Outcome = await sendToQueue(target, parcel, call);
  count(topic, outcome === 'delivered' ? { redriven: 1 } : { notRedriven: 1 }, call);
}

/** Tries once more, unless the subscription has ended meanwhile. */
export async function redeliver(parcel: Parcel, call: SnsCall): Promise<void> {
  const topic = topicOfSubscription(parcel.subscriptionArn, call);
  if (topic?.subscriptions.has(parcel.subscriptionArn)) await carry(parcel, call);
}
