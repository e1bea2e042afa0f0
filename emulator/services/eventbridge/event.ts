import type { Event, EventBridgeCall } from './state';

interface Content {
  source: string;
  detailType: string;
  detail: Record<string, unknown>;
  resources?: string[] | undefined;
  time?: Date | undefined;
}

/** The envelope around a detail, its members in AWS's order and its time in whole seconds. */
export const newEvent = (
  { source, detailType, detail, resources = [], time }: Content,
  call: EventBridgeCall,
): Event => ({
  version: '0',
  id: call.random.uuid(),
  'detail-type': detailType,
  source,
  account: call.principal.accountId,
  time: inSeconds(time ?? call.now()),
  region: call.region,
  resources,
  detail,
});

/** `2026-01-01T00:00:00Z` */
export const inSeconds = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z');
