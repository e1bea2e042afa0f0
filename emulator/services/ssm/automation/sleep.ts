import { type Action, after, failed } from './action';

const duration = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

function secondsOf(text: string): number | undefined {
  const match = duration.exec(text);
  if (!match) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((n) => Number(n ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

/** `aws:sleep`: waits for an ISO 8601 `Duration` or until a `Timestamp`. */
export const sleep: Action = ({ inputs, record, call }) => {
  const { Duration, Timestamp } = inputs;
  const seconds = secondsOf(String(Duration));
  const until =
    seconds === undefined
      ? new Date(String(Timestamp))
      : after(record.startedAt ?? call.now(), seconds);
  // The text is not verified.
  if (Number.isNaN(until.getTime())) return failed('Duration or Timestamp is not valid ISO 8601');
  return until <= call.now() ? { status: 'Success' } : { status: 'Waiting', until };
};
