import { parseObject } from '../../../json';
import { store } from '../archive-store';
import type { Event } from '../state';
import type { TargetKind } from './kind';

/** What the managed rule of an archive hands its events to. */
export const archive: TargetKind = {
  service: 'eventbridge',
  async send({ input }, _caller, call) {
    const { 'archive-arn': arn, event } = parseObject(input) ?? {};
    store(String(arn).replace(/^.*:archive\//, ''), event as Event, call);
  },
};
