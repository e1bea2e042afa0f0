import { afterWallTime } from '../../../clock/wall';
import type { Child, Exit, SessionCredentials, Warm } from '../../../runtime';
import type { LambdaCall } from '../state';
import type { LogStream } from './log-stream';

/**
 * How long the simulated clock waits for a process to take note of it. Time only moves while all that
 * a process has asked for is parked, so that it listens, however late a busy machine lets it: only
 * one that computes meanwhile is not waited for.
 */
const patienceMs = 10_000;

/** What a runtime sends about an invocation. */
interface Answer {
  failed: boolean;
  body: string;
  /** Bytes of memory in use at the end. */
  memory: number;
  isFatal: boolean;
}

/** How an invocation ended: an answer, or none. */
export type Outcome =
  | { kind: 'answer'; answer: Answer }
  | { kind: 'exit'; exit: Exit }
  | { kind: 'init'; error: string };

/** One execution environment: a process that runs one invocation at a time. */
export class Environment implements Warm {
  readonly credentials: SessionCredentials;
  readonly logs: LogStream;
  private initMs: number | undefined;
  private unfinished = '';
  /** Why it takes no more requests. */
  private over: Outcome | undefined;
  private child: Child | undefined;
  private isBusy = false;
  /** Calls of `tell`, and what to do when the process has taken note of the last of them. */
  private telling = 0;
  private told = () => {};
  private resolve: (outcome: Outcome) => void = () => {};
  private stopWatching = () => {};
  private readonly startedAt = performance.now();
  private ready: () => void = () => {};
  readonly initialised: Promise<true>;
  isAlive = true;

  constructor(credentials: SessionCredentials, logs: LogStream) {
    this.credentials = credentials;
    this.logs = logs;
    this.initialised = new Promise((resolve) => (this.ready = () => resolve(true)));
  }

  /** Takes the process over; what it says so far has waited. */
  attach(child: Child, call: LambdaCall): void {
    this.child = child;
    this.stopWatching = call.runtime.onClockMoved(() => this.tell(call));
    void child.exited.then((exit) => {
      this.isAlive = false;
      this.told();
      this.stopWatching();
      this.over ??= { kind: 'exit', exit };
      this.resolve(this.over);
      this.ready();
    });
  }

  /** What came past the runtime: a native module, or a program that the handler started. */
  output(chunk: string): void {
    const lines = (this.unfinished + chunk).split('\n');
    this.unfinished = lines.pop() ?? '';
    for (const line of lines) this.logs.write(line);
  }

  /** The invocation has ended: a line without an end counts as one. */
  writeRest(): void {
    if (this.unfinished !== '') this.logs.write(this.unfinished);
    this.unfinished = '';
  }

  /** How long loading the code took, told once. */
  takeInitMs(): number | undefined {
    const taken = this.initMs;
    this.initMs = undefined;
    return taken;
  }

  /** A frame of the runtime. */
  receive(frame: Record<string, unknown>): void {
    if (typeof frame['told'] === 'number') this.noted(frame['told']);
    else if (typeof frame['log'] === 'string') this.logs.write(frame['log']);
    else if (frame['ready'] === true) this.becomeReady();
    else if (frame['failed'] instanceof Object) this.fail(JSON.stringify(frame['failed']));
    else this.resolve({ kind: 'answer', answer: frame as unknown as Answer });
  }

  /** Sends the request; the answer may be that the environment never came up. */
  async run(request: Record<string, unknown>, call: LambdaCall): Promise<Outcome> {
    const outcome = new Promise<Outcome>((resolve) => (this.resolve = resolve));
    if (this.over) return this.over;
    this.isBusy = true;
    this.child?.send({ now: call.now().getTime(), invoke: request });
    return outcome.finally(() => (this.isBusy = false));
  }

  end(): void {
    this.isAlive = false;
    this.stopWatching();
    this.child?.kill();
  }

  private becomeReady(): void {
    this.initMs = performance.now() - this.startedAt;
    this.ready();
  }

  private fail(error: string): void {
    this.over = { kind: 'init', error };
    this.isAlive = false;
    this.initMs = performance.now() - this.startedAt;
    this.ready();
  }

  /** While it works on an invocation, its clock follows before anything else happens. */
  private async tell(call: LambdaCall): Promise<void> {
    if (!this.isBusy) return;
    const tell = ++this.telling;
    let giveUp = () => {};
    await new Promise<void>((resolve) => {
      this.told = resolve;
      // One that computes without a pause does not listen.
      giveUp = afterWallTime(patienceMs, resolve);
      this.child?.send({ now: call.now().getTime(), tell });
    });
    giveUp();
  }

  /** An answer that comes after its time was up is not one to a later call. */
  private noted(tell: number): void {
    if (tell === this.telling) this.told();
  }
}
