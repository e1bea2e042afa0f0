import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { CodeBuildCall, StoredBuild } from '../state';
import { roleOf } from './role';

const mostAtOnce = 1000;

/** The build's log: kept until it is flushed to CloudWatch Logs under the build's role. */
export class BuildLog {
  private lines: { timestamp: number; message: string }[] = [];
  private unfinished = '';
  private isOpen = false;
  private readonly build: StoredBuild;
  private readonly call: CodeBuildCall;

  constructor(build: StoredBuild, call: CodeBuildCall) {
    this.build = build;
    this.call = call;
  }

  /** A line of CodeBuild's own, `[Container] 2026/01/01 00:00:00.000000 …`. */
  say(text: string): void {
    const at = this.call
      .now()
      .toISOString()
      .replaceAll('-', '/')
      .replace('T', ' ')
      .replace('Z', '000');
    this.write(`[Container] ${at} ${text}`);
  }

  /** Output of a command, in pieces as it comes. */
  output(chunk: string): void {
    const lines = (this.unfinished + chunk).split('\n');
    this.unfinished = lines.pop() ?? '';
    for (const line of lines) this.take(line);
  }

  /** The command has ended: a line without an end counts as one. */
  endOutput(): void {
    if (this.unfinished !== '') this.take(this.unfinished);
    this.unfinished = '';
  }

  /** Without the permission there is no log, and the build goes on. */
  async flush(): Promise<void> {
    const { groupName: logGroupName, streamName: logStreamName } = this.build.info.logs ?? {};
    const all = this.lines.splice(0);
    if (logGroupName === undefined || logStreamName === undefined) return;
    const logs = this.call.client<CloudWatchLogs>('cloudwatch-logs', roleOf(this.build));
    if (!this.isOpen) {
      await unlessRefused(logs.createLogGroup({ logGroupName }));
      await unlessRefused(logs.createLogStream({ logGroupName, logStreamName }));
      this.isOpen = true;
    }
    for (let start = 0; start < all.length; start += mostAtOnce) {
      const logEvents = all.slice(start, start + mostAtOnce);
      await unlessRefused(logs.putLogEvents({ logGroupName, logStreamName, logEvents }));
    }
  }

  private take(line: string): void {
    if (line.startsWith(runningCommand)) this.say(line.slice(runningCommand.length));
    else this.write(line);
  }

  private write(message: string): void {
    // CloudWatch Logs takes no empty events.
    if (message !== '') this.lines.push({ timestamp: this.call.now().getTime(), message });
  }
}

/** Marks a line that the script of a phase says in CodeBuild's name. */
export const runningCommand = '\u0001';

async function unlessRefused(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Error && '$fault' in error)) throw error;
  }
}
