import { Agent, request as httpRequest } from 'node:http';
import type { EmulatorProcess } from '../support/emulator-process';
import { Dice } from './dice';
import { mutated } from './mutate';
import { createRequests, type FuzzRequest } from './requests';

/** Longer than this is a hang: the longest poll that a client can ask for takes 20 seconds. */
const longest = 30_000;

const inFlight = 16;

/** Requests after which time is moved on and, now and then, everything is forgotten. */
const stride = 250;
const strides = 20;

export interface Findings {
  requests: number;
  /** How many answers by the first digit of their status. */
  answers: Record<string, number>;
  /** Requests that were answered with a 5xx, with a bug of ours, or not at all. */
  failures: string[];
  slowestMs: number;
  /** Resident megabytes after each reset. */
  memory: number[];
}

interface Run {
  requests: number;
  seed: string;
  services?: string[];
  progress?: (findings: Findings) => void;
}

/** Sends so many damaged requests of every service, and tells what was wrong with the answers. */
export async function fuzz(emulator: EmulatorProcess, run: Run): Promise<Findings> {
  const { requests, seed, services, progress = () => {} } = run;
  const dice = new Dice(seed);
  const next = createRequests(dice, services);
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const findings: Findings = { requests: 0, answers: {}, failures: [], slowestMs: 0, memory: [] };
  while (findings.requests < requests) {
    const batch: FuzzRequest[] = [];
    while (batch.length < stride) batch.push(mutated(await next(), dice));
    const moving = keepMoving(emulator);
    await inParallel(batch, (request) => sendOne(emulator, agent, { request, findings }));
    await moving.stop();
    findings.requests += batch.length;
    if (findings.requests % (stride * strides) === 0) {
      await emulator.control('reset');
      findings.memory.push(emulator.memory());
      progress(findings);
    }
  }
  agent.destroy();
  return findings;
}

/** Lets time pass for requests that wait in a long poll. */
function keepMoving(emulator: EmulatorProcess) {
  let isDone = false;
  const moving = (async () => {
    while (!isDone) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      await emulator.advance('21s');
    }
  })();
  return {
    async stop() {
      isDone = true;
      await moving;
    },
  };
}

async function inParallel(
  requests: FuzzRequest[],
  send: (request: FuzzRequest) => Promise<void>,
): Promise<void> {
  const left = requests.values();
  const worker = async () => {
    for (const request of left) await send(request);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

interface Sent {
  request: FuzzRequest;
  findings: Findings;
}

async function sendOne(
  emulator: EmulatorProcess,
  agent: Agent,
  { request, findings }: Sent,
): Promise<void> {
  const began = performance.now();
  const answer = await answerTo(emulator.port, agent, request);
  findings.slowestMs = Math.max(findings.slowestMs, performance.now() - began);
  if (answer === 'not sent') return;
  const kind = String(answer.status)[0] ?? '';
  findings.answers[kind] = (findings.answers[kind] ?? 0) + 1;
  const isBug = answer.status >= 500 || answer.status === 0 || answer.body.includes('bug in the');
  if (isBug)
    findings.failures.push(`${request.what}: ${answer.status} ${answer.body.slice(0, 300)}`);
}

type Answer = { status: number; body: string } | 'not sent';

function answerTo(port: number, agent: Agent, request: FuzzRequest): Promise<Answer> {
  return new Promise((resolve) => {
    const { method, query, headers, body } = request;
    const path = query ? `${request.path}?${query}` : request.path;
    const { host: _own, 'content-length': _counted, ...others } = headers;
    const fail = (error: Error) => resolve({ status: 0, body: String(error) });
    try {
      const outgoing = httpRequest(
        {
          host: '127.0.0.1',
          port,
          agent,
          method,
          path,
          timeout: longest,
          headers: { ...others, 'content-length': String(body.length) },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', fail);
          incoming.on('end', () =>
            resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
          );
        },
      );
      outgoing.on('timeout', () => outgoing.destroy(new Error('no answer')));
      outgoing.on('error', fail);
      outgoing.end(body);
    } catch {
      // Node's own client does not send such a path or header.
      resolve('not sent');
    }
  });
}
