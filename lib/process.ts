import { readFileSync } from 'node:fs';

/** True while a process of this machine has the id and has not ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isUnreaped(pid);
  } catch {
    return false;
  }
}

/** Linux keeps the number of an ended process until its parent asks for it; in a container that may be never. */
function isUnreaped(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  return /^\d+ \(.*\) [ZX] /s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}
