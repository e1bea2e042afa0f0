import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../../emulator/random';
import { EmulatorProcess } from '../support/emulator-process';
import { foundOf } from './found';
import { type Acknowledged, type Clients, clientsOf, Load, prepare } from './load';

/** What the emulator promises to have on disk: everything that it answered so long ago. */
const promised = 1000;

/** What came of all rounds together. */
export interface Outcome {
  rounds: number;
  acknowledged: number;
  /** Lost although they were answered more than a second before the kill: there must be none. */
  broken: string[];
  /** Lost within the last second: allowed. */
  lost: number;
  /** The oldest write that was lost, in milliseconds before the kill. */
  oldestLost: number;
  automations: number;
  /** Chains of timers that did not come to their end after the restart: there must be none. */
  stuck: string[];
  /** Lines of the log about files that could not be read: there must be none. */
  damaged: string[];
}

interface Kills {
  rounds: number;
  seed: string;
  /** Told after each round. */
  progress?: (outcome: Outcome) => void;
}

/** Kills the emulator under load, so many times at random moments, and compares what is left. */
export async function killRounds({ rounds, seed, progress = () => {} }: Kills): Promise<Outcome> {
  const random = new Random(seed);
  const outcome: Outcome = {
    rounds: 0,
    acknowledged: 0,
    broken: [],
    lost: 0,
    oldestLost: 0,
    automations: 0,
    stuck: [],
    damaged: [],
  };
  const emulator = new EmulatorProcess();
  try {
    await emulator.start();
    await prepare(clientsOf(emulator.endpoint));
    await sleep(promised);
    for (let round = 1; round <= rounds; round += 1) {
      const longest = 2 * promised;
      const moment = Number.parseInt(random.hex(4), 16) % longest;
      await killOnce(emulator, { round, moment, outcome });
      outcome.rounds = round;
      outcome.damaged = emulator.log
        .split('\n')
        .filter((line) => /damaged|bug in|could not be/.test(line));
      progress(outcome);
    }
    return outcome;
  } finally {
    await emulator.close();
  }
}

async function killOnce(
  emulator: EmulatorProcess,
  { round, moment, outcome }: { round: number; moment: number; outcome: Outcome },
): Promise<void> {
  const load = new Load(clientsOf(emulator.endpoint), round);
  await sleep(moment);
  const killedAt = performance.now();
  await emulator.kill();
  await load.ended();

  await emulator.start();
  // Messages are delayed by a second, the chain of timers takes three.
  await emulator.advance('5s');
  const clients = clientsOf(emulator.endpoint);
  compare(await foundOf(clients, round), { load, killedAt, outcome });
  await compareAutomations(clients, { load, killedAt, outcome });
}

interface Killed {
  load: Load;
  killedAt: number;
  outcome: Outcome;
}

const isPromised = ({ at }: Acknowledged, killedAt: number) => killedAt - at > promised;

function compare(found: Set<string>, { load, killedAt, outcome }: Killed): void {
  const lost = load.acknowledged.filter(({ what }) => !found.has(what));
  outcome.acknowledged += load.acknowledged.length;
  outcome.lost += lost.length;
  outcome.oldestLost = Math.max(outcome.oldestLost, ...lost.map(({ at }) => killedAt - at));
  outcome.broken.push(
    ...lost.filter((write) => isPromised(write, killedAt)).map(({ what }) => what),
  );
}

async function compareAutomations(clients: Clients, killed: Killed): Promise<void> {
  const { load, killedAt, outcome } = killed;
  for (const automation of load.automations.filter((each) => isPromised(each, killedAt))) {
    outcome.automations += 1;
    const status = await clients.ssm
      .getAutomationExecution({ AutomationExecutionId: automation.what })
      .then(
        (answer) => answer.AutomationExecution?.AutomationExecutionStatus,
        (error: Error) => error.name,
      );
    if (status !== 'Success') outcome.stuck.push(`${automation.what}: ${status}`);
  }
}
