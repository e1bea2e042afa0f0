import type { CodeBuildCall, StoredBuild } from '../state';

/** One build that runs: what ends its command, and whether somebody asked for that. */
export interface Process {
  isStopped: boolean;
  stop: () => void;
}

/** The builds that run in this process; nothing of it outlives a restart. */
class Running {
  private readonly all = new Map<string, Process>();

  add(id: string): Process {
    const process = { isStopped: false, stop: () => {} };
    this.all.set(id, process);
    return process;
  }

  of(id: string): Process | undefined {
    return this.all.get(id);
  }

  remove(id: string): void {
    this.all.delete(id);
  }

  close(): void {
    for (const { stop } of this.all.values()) stop();
    this.all.clear();
  }
}

export const runningOf = ({ runtime }: CodeBuildCall): Running =>
  runtime.keep('codebuild', () => new Running());

/** Ends the command that runs; the build goes on to its end as STOPPED. */
export function stopRunning({ info }: StoredBuild, call: CodeBuildCall): void {
  const process = runningOf(call).of(info.id);
  if (!process) return;
  process.isStopped = true;
  process.stop();
}

/** In progress for the state and nobody's work. */
export const isLost = ({ info }: StoredBuild, call: CodeBuildCall): boolean =>
  info.buildStatus === 'IN_PROGRESS' && runningOf(call).of(info.id) === undefined;

/** What the emulator's own end has cut short is CodeBuild's fault and not the project's. */
export function lose({ info }: StoredBuild, call: CodeBuildCall): void {
  info.buildStatus = 'FAULT';
  info.buildComplete = true;
  info.endTime = call.now();
  call.touch();
}
