import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { request } from 'node:http';
import Module from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { join, sep } from 'node:path';
import { projectRoot } from '../home';
import { type Line, lineOver } from './line';
import type { DeployMessage, Job, Order } from './messages';
import { offer, type Waiting, withdraw } from './waiting';

export type Tell = (message: DeployMessage) => void;

/** How long a deployer waits for the next command; an editor is open meanwhile. */
const patience = 10 * 60_000;

/** More than this and a new process is better than a warm one. */
const tooLarge = 1_000_000_000;

const startedAt = Date.now() - process.uptime() * 1000;

type Work = (job: Job, tell: Tell) => Promise<void>;
type CommandLine = Line<DeployMessage, Order>;

/**
 * A process that does jobs for one command after another. With `mayWait` it waits for the next when
 * the line to one is closed, until nobody has come for ten minutes, the emulator ends, or our own
 * program changes; without, and whenever the line breaks in the middle of a job, it ends with it.
 */
export class DeployerProcess {
  private me: Waiting = { pid: process.pid, port: 0, token: randomBytes(32).toString('hex') };
  private state: 'new' | 'waiting' | 'called' | 'busy' = 'new';
  private timer: NodeJS.Timeout | undefined;

  private readonly work: Work;
  private mayWait: boolean;

  constructor(work: Work, mayWait: boolean) {
    this.work = work;
    this.mayWait = mayWait;
  }

  /** Tells the command that has started it where it is to be called. */
  listen(): void {
    const server = createServer((socket) => this.answer(lineOver(socket)));
    server.listen(0, '127.0.0.1', () => {
      this.me.port = (server.address() as AddressInfo).port;
      // A command that has ended meanwhile is not told; `disconnect` says so.
      process.send?.(this.me, () => undefined);
    });
    // The command has let go: it is on the line, or it had no work.
    process.on('disconnect', () => this.state === 'new' && this.wait());
    if (this.mayWait) whenEmulatorEnds(() => this.loseEmulator());
  }

  private loseEmulator(): void {
    this.mayWait = false;
    if (this.state !== 'busy') this.leave();
  }

  private answer(line: CommandLine): void {
    line.hear((order) => {
      if (order.type !== 'hello' || order.token !== this.me.token) return line.hangUp();
      this.state = 'called';
      clearTimeout(this.timer);
      withdraw(this.me);
      void line.ended.then(() => (this.state === 'busy' ? this.leave() : this.wait()));
      line.hear((job) => void (job.type === 'hello' ? line.hangUp() : this.carryOut(job, line)));
      line.tell({ type: isOutdated() ? 'outdated' : 'ready' });
    });
  }

  private async carryOut(
    { environment, ...job }: Exclude<Order, { type: 'hello' }>,
    line: CommandLine,
  ): Promise<void> {
    this.state = 'busy';
    become(environment);
    await this.work(job, (message) => line.tell(message));
    this.state = 'called';
  }

  private wait(): void {
    this.state = 'waiting';
    const isFit = this.mayWait && !isOutdated() && process.memoryUsage.rss() < tooLarge;
    if (!isFit || !offer(this.me)) return this.leave();
    this.timer = setTimeout(() => this.leave(), patience);
  }

  private leave(): void {
    withdraw(this.me);
    // eslint-disable-next-line unicorn/no-process-exit -- a job that hangs would keep it
    process.exit();
  }
}

// --- internal ---

/** True when a file of ours has changed since it was loaded, or packages have. */
function isOutdated(): boolean {
  const own = Object.keys(require.cache).filter(isOurs);
  return [...own, join(projectRoot, 'node_modules', '.package-lock.json')].some((file) => {
    // Unlike its time of modification, it tells of an older file that was moved here, too.
    const changed = statSync(file, { throwIfNoEntry: false })?.ctimeMs;
    return changed === undefined || changed > startedAt;
  });
}

const isIn = (folder: string, file: string): boolean => file.startsWith(`${folder}${sep}`);

const isPackage = (file: string): boolean => file.includes(`${sep}node_modules${sep}`);

const isOurs = (file: string): boolean =>
  isIn(projectRoot, file) &&
  !isPackage(file) &&
  !['labs', 'work'].some((folder) => isIn(join(projectRoot, folder), file));

/**
 * The labs' files and the learner's are read again for each job; the latter lie anywhere, since Node
 * knows files by the paths that links lead to.
 */
const isReadAgain = (file: string): boolean => !isOurs(file) && !isPackage(file);

/** Forgets what jobs have loaded, and where names led: `./groups` was a file, and may be a folder now. */
export function forgetJobs(): void {
  for (const file of Object.keys(require.cache).filter(isReadAgain)) delete require.cache[file];
  const { _pathCache: places } = Module as unknown as { _pathCache: Record<string, string> };
  for (const [name, file] of Object.entries(places)) if (isReadAgain(file)) delete places[name];
}

/** Takes on the variables of the command that it works for. */
function become(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) {
    if (!(name in environment)) delete process.env[name];
  }
  Object.assign(process.env, environment);
}

/** The emulator's stream of events ends with it; no event has this kind. */
function whenEmulatorEnds(ended: () => void): void {
  const outgoing = request(`${process.env['AWS_ENDPOINT_URL']}/_lab/events?kind=none`, (stream) => {
    stream.resume();
    stream.on('close', ended);
  });
  outgoing.on('error', ended);
  outgoing.end();
}
