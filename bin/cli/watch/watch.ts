import { setTimeout as sleep } from 'node:timers/promises';
import { firstToMend } from '../../../checker/report/next';
import type { Report } from '../../../checker/report/result';
import type { RunningExam } from '../../../lib/progress';
import type { Terminal } from '../../../lib/terminal';
import { otherWays } from '../afterwards';
import { closeExam, timeLeft } from '../exam';
import { gradeLab } from '../grade';
import { hintLines, nextHint } from '../hints';
import { keepRun } from '../keep';
import { blameLostEmulator } from '../lost';
import { resetLab } from '../reset';
import type { Session } from '../session';
import type { Board } from './board';
import { onChange } from './changes';
import { ctrlC, onKeys } from './keys';
import { createScreen } from './screen';

/** Changes come in groups: a deployment is one to the learner. */
const settleFor = 300;

/** Grades again whenever the account changes, until the learner quits; answers the exit code. */
export async function watchLab(session: Session, exam: RunningExam | undefined): Promise<number> {
  const watch = new Watch(session, exam);
  const stopKeys = onKeys((key) => watch.press(key));
  const stopChanges = await onChange(
    session,
    () => watch.changed(),
    () => watch.quit(),
  );
  const stop = () => watch.quit();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const tick = setInterval(() => watch.tick(), 1000);
  try {
    return await watch.run();
  } finally {
    clearInterval(tick);
    stopChanges();
    stopKeys();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, stop);
  }
}

type Job = 'look' | 'drills' | 'reset' | 'finish' | 'quit';

class Watch {
  private readonly session: Session;
  private readonly show: (board: Board) => void;
  private readonly board: Board;
  private readonly jobs = new Set<Job>();
  private wake = () => {};
  private asked: string | undefined;

  constructor(session: Session, exam: RunningExam | undefined) {
    this.session = session;
    this.show = createScreen(session.terminal);
    const { lab, short } = session;
    this.board = { lab, short, won: [], message: [], explain: false, exam };
    if (!exam) this.jobs.add('look');
  }

  /** Does one thing after the other; what comes meanwhile waits. */
  async run(): Promise<number> {
    this.draw();
    for (;;) {
      const job = order.find((each) => this.jobs.delete(each));
      if (job === 'quit') return this.exitCode();
      if (job === 'finish' && this.board.exam) return await this.finish(this.board.exam);
      if (job) await this.carryOut(job);
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  press(key: string): void {
    if (key === ctrlC) process.emit('SIGINT');
    else if (this.board.exam) this.add(({ f: 'finish', q: 'quit' } as const)[key]);
    else this.practise(key);
  }

  changed(): void {
    if (!this.board.exam) this.add('look');
  }

  quit(): void {
    this.add('quit');
  }

  /** An exam is over when its time is. */
  tick(): void {
    const { exam } = this.board;
    if (!exam) return;
    if (timeLeft(exam) <= 0) this.add('finish');
    else if (process.stdout.isTTY) this.draw();
  }

  private add(job: Job | undefined): void {
    if (!job) return;
    this.jobs.add(job);
    this.wake();
  }

  private practise(key: string): void {
    const isSure = key === 'r' && this.asked === 'r';
    this.asked = key;
    this.board.message = [];
    if (key === 'h') this.hint();
    if (key === 'e') this.board.explain = !this.board.explain;
    if (key === 'r' && !isSure) this.board.message = [resetQuestion];
    if (isSure) this.asked = undefined;
    this.add(({ d: 'drills', q: 'quit', r: isSure ? 'reset' : undefined } as const)[key]);
    this.draw();
  }

  private hint(): void {
    const { folder, terminal } = this.session;
    const plain = { ...terminal, paint: (_: unknown, text: string) => text };
    this.board.message = hintLines(nextHint(folder, undefined, terminal), plain);
  }

  private async carryOut(job: Job): Promise<void> {
    if (job === 'look') await sleep(settleFor);
    this.draw(busyWith[job]);
    if (job === 'reset') await resetLab(this.quietly());
    const drills = job === 'drills';
    // What drills change is not the learner's doing, and neither is what came before this look.
    this.jobs.delete('look');
    const report = await this.grade(drills);
    if (drills || job === 'reset') this.jobs.delete('look');
    this.take(report);
    this.draw();
  }

  private async grade(drills: boolean): Promise<Report> {
    const { target } = this.session;
    // A look that waits would move the learner's clock on each time; here the next change tells.
    const still = { ...target.clock, wait: async () => false };
    const clock = drills || target.name !== 'emulator' ? target.clock : still;
    const session = { ...this.quietly(), target: { ...target, clock } };
    const report = await gradeLab(session, { drills });
    if (report.problem) await blameLostEmulator(session, `watch ${session.short}`);
    return report;
  }

  private take(report: Report): void {
    const passing = new Set(this.board.report?.results.filter(passes).map(({ id }) => id));
    this.board.won = this.board.report
      ? report.results.filter((each) => passes(each) && !passing.has(each.id)).map((r) => r.title)
      : [];
    // A hint is about what failed then.
    if (this.board.report && firstToMend(report)?.id !== firstToMend(this.board.report)?.id)
      this.board.message = [];
    this.board.report = report;
    this.board.practice = keepRun(report, this.session.terminal);
    if (report.passed) this.board.message = otherWays(this.session.folder);
  }

  private async finish(exam: RunningExam): Promise<number> {
    this.draw('the exam is over: grading, drills included');
    const report = await this.grade(true);
    const lines = closeExam(this.session, exam, report);
    keepRun(report, this.session.terminal);
    for (const line of lines) this.session.terminal.print(line);
    return lines[0]?.includes('NOT PASSED') ? 1 : 0;
  }

  private exitCode(): number {
    return this.board.report?.exitCode ?? 0;
  }

  private draw(busy?: string): void {
    this.board.busy = busy;
    this.show(this.board);
  }

  /** News of a run go to the board instead of into it. */
  private quietly(): Session {
    const { terminal } = this.session;
    const quiet: Terminal = { ...terminal, progress: (text) => this.draw(text) };
    return { ...this.session, terminal: quiet };
  }
}

/** The most urgent first. */
const order: Job[] = ['quit', 'finish', 'reset', 'drills', 'look'];

const busyWith: Partial<Record<Job, string>> = {
  look: 'looking',
  drills: 'looking, then the drills act',
  reset: 'putting the account back',
};

const resetQuestion =
  'press r again to delete your stack and deploy the starter; your files are kept';

const passes = ({ verdict }: { verdict: string }): boolean => verdict === 'pass';
