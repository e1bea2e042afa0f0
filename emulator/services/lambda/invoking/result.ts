import { parseObject } from '../../../json';
import type { Exit } from '../../../runtime';
import type { Outcome } from './environment';
import type { Measured } from './report';
import { table } from '../../../table';

const largestAnswer = 6_291_556;

/** What the caller of a function gets. */
export interface Result {
  payload: string;
  functionError?: 'Unhandled';
  /** Base64, at most 4 KB. */
  logTail: string;
  durationMs: number;
}

type Judged = Pick<Result, 'payload' | 'functionError'> & {
  /** What the platform itself writes into the log. */
  lines: string[];
  measured: Pick<Measured, 'status' | 'errorType' | 'memoryBytes'>;
};

interface About {
  requestId: string;
  timeout: number;
  startedAt: Date;
}

/** Puts into AWS's words how an invocation ended; no outcome means that its time was up. */
export function resultOf(outcome: Outcome | undefined, about: About): Judged {
  if (!outcome) return timedOut(about);
  if (outcome.kind === 'exit') return exited(outcome.exit, about);
  if (outcome.kind === 'init') return failed(outcome.error, 0);
  const { body, failed: isFailed, memory, isFatal } = outcome.answer;
  if (isFailed) return failed(body, memory, isFatal ? exitLines(about) : []);
  const size = Buffer.byteLength(body);
  if (size > largestAnswer)
    return failed(
      JSON.stringify({
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: `Response payload size exceeded maximum allowed payload size (${largestAnswer} bytes).`,
      }),
      memory,
    );
  return { payload: body, lines: [], measured: { status: 'success', memoryBytes: memory } };
}

/** A handler's own errors do not show in the report's status; the platform's do. */
function failed(payload: string, memoryBytes: number, lines: string[] = []): Judged {
  const errorType = parseObject(payload)?.['errorType'];
  return {
    payload,
    functionError: 'Unhandled',
    lines,
    measured: {
      status: 'error',
      memoryBytes,
      ...(typeof errorType === 'string' && /^(Runtime|Function)\./.test(errorType)
        ? { errorType }
        : {}),
    },
  };
}

const exitLines = ({ requestId }: About): string[] => [
  `RequestId: ${requestId} Error: Runtime exited with error: exit status 129`,
  'Runtime.ExitError',
];

function timedOut({ requestId, timeout, startedAt }: About): Judged {
  const told = `Task timed out after ${timeout.toFixed(2)} seconds`;
  const errorType = 'Sandbox.Timedout';
  return {
    payload: JSON.stringify({ errorType, errorMessage: `RequestId: ${requestId} Error: ${told}` }),
    functionError: 'Unhandled',
    lines: [
      `${new Date(startedAt.getTime() + timeout * 1000).toISOString()} ${requestId} ${told}\n`,
    ],
    measured: { status: 'timeout', memoryBytes: 0 },
  };
}

function exited({ code, signal, failure }: Exit, { requestId }: About): Judged {
  const errorType = 'Runtime.ExitError';
  const errorMessage = `RequestId: ${requestId} Error: Runtime exited ${reasonOf(code, signal)}`;
  const lines = [errorMessage, errorType, ...(failure ? [String(failure)] : [])];
  return {
    payload: JSON.stringify({ errorType, errorMessage }),
    functionError: 'Unhandled',
    lines,
    measured: { status: 'error', errorType, memoryBytes: 0 },
  };
}

const signalNames: Record<string, string> = table({ SIGKILL: 'killed', SIGABRT: 'aborted' });

function reasonOf(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) return `with error: signal: ${signalNames[signal] ?? signal}`;
  return code === 0 ? 'without providing a reason' : `with error: exit status ${code ?? 1}`;
}
