import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { Caller } from '../../../principal';
import type { LambdaCall, Settings } from '../state';

interface LogEvent {
  timestamp: number;
  message: string;
}

/** Kept of an invocation for the caller that asks for the tail. */
const tailBytes = 4096;

/**
 * The log stream of one execution environment. Lines are sent after each invocation, as the
 * execution role: what it may not do is not done, and nobody is told, as on AWS.
 */
export class LogStream {
  readonly group: string;
  readonly name: string;
  readonly isJson: boolean;
  private readonly caller: Caller;
  private readonly now: () => Date;
  private waiting: LogEvent[] = [];
  private lines: string[] = [];
  private sent: Promise<void> = Promise.resolve();
  private isOpen = false;

  constructor(place: { settings: Settings; version: string; caller: Caller }, call: LambdaCall) {
    const { LogGroup, LogFormat } = place.settings.logging;
    const day = call.now().toISOString().slice(0, 10).replaceAll('-', '/');
    this.group = LogGroup;
    this.name = `${day}/[${place.version}]${call.random.hex(32)}`;
    this.isJson = LogFormat === 'JSON';
    this.caller = place.caller;
    this.now = call.now;
  }

  /** One event; in text format each ends with a line feed, as AWS has it. */
  write(line: string): void {
    const message = this.isJson ? line : `${line}\n`;
    this.waiting.push({ timestamp: this.now().getTime(), message });
    this.lines.push(message);
  }

  /** The last lines since the tail was taken before. */
  takeTail(): string {
    const bytes = Buffer.from(this.lines.splice(0).join(this.isJson ? '\n' : ''));
    return bytes.subarray(Math.max(bytes.length - tailBytes, 0)).toString('base64');
  }

  /** Sends what was written, in order, after the caller of the function was answered. */
  flush(call: LambdaCall): void {
    const events = this.waiting.splice(0);
    if (events.length === 0) return;
    const before = this.sent;
    this.sent = new Promise((resolve) => {
      call.background(() => before.then(() => this.send(events, call)).finally(resolve));
    });
  }

  private async send(logEvents: LogEvent[], call: LambdaCall): Promise<void> {
    const logs = call.client<CloudWatchLogs>('cloudwatch-logs', this.caller);
    const place = { logGroupName: this.group, logStreamName: this.name };
    if (!this.isOpen) {
      await unlessRefused(logs.createLogGroup({ logGroupName: this.group }));
      await unlessRefused(logs.createLogStream(place));
      this.isOpen = true;
    }
    await unlessRefused(logs.putLogEvents({ ...place, logEvents }));
  }
}

/** A group that is there already, no permission, no group: none of it is the function's failure. */
async function unlessRefused(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Error && '$fault' in error)) throw error;
  }
}
