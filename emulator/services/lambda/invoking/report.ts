import type { LogStream } from './log-stream';
import type { Settings } from '../state';

/** What is said of an invocation when it has ended. */
export interface Measured {
  durationMs: number;
  initMs: number | undefined;
  memoryBytes: number;
  status: 'success' | 'error' | 'timeout';
  errorType?: string | undefined;
}

interface About {
  requestId: string;
  version: string;
  settings: Settings;
  now: Date;
}

export function writeStart(logs: LogStream, { requestId, version, settings, now }: About): void {
  if (isSilent(settings)) return;
  logs.write(
    logs.isJson
      ? platform(now, 'platform.start', { requestId, version })
      : `START RequestId: ${requestId} Version: ${version}`,
  );
}

/** Since August 2025 the time that loading the code took is billed too. */
export function writeEnd(logs: LogStream, about: About, measured: Measured): void {
  const { requestId, settings, now } = about;
  if (logs.isJson) {
    if (!isSilent(settings))
      logs.write(platform(now, 'platform.report', reportOf(about, measured)));
    return;
  }
  logs.write(`END RequestId: ${requestId}`);
  logs.write(textReport(about, measured));
}

const isSilent = ({ logging }: Settings): boolean => logging.SystemLogLevel === 'WARN';

const platform = (now: Date, type: string, record: object): string =>
  JSON.stringify({ time: now.toISOString(), type, record });

const megabytes = (bytes: number): number => Math.ceil(bytes / 1_048_576);

const rounded = (milliseconds: number): number => Math.round(milliseconds * 100) / 100;

const billed = ({ durationMs, initMs = 0 }: Measured): number => Math.ceil(durationMs + initMs);

const reportOf = ({ requestId, settings }: About, measured: Measured) => ({
  requestId,
  metrics: {
    durationMs: rounded(measured.durationMs),
    billedDurationMs: billed(measured),
    memorySizeMB: settings.memorySize,
    maxMemoryUsedMB: megabytes(measured.memoryBytes),
    ...(measured.initMs === undefined ? {} : { initDurationMs: rounded(measured.initMs) }),
  },
  status: measured.status,
  ...(measured.errorType === undefined ? {} : { errorType: measured.errorType }),
});

function textReport({ requestId, settings }: About, measured: Measured): string {
  const { durationMs, initMs, memoryBytes, status, errorType } = measured;
  return [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${durationMs.toFixed(2)} ms`,
    `Billed Duration: ${billed(measured)} ms`,
    `Memory Size: ${settings.memorySize} MB`,
    `Max Memory Used: ${megabytes(memoryBytes)} MB`,
    ...(initMs === undefined ? [] : [`Init Duration: ${initMs.toFixed(2)} ms`]),
    ...(status === 'timeout' ? ['Status: timeout'] : []),
    ...(status === 'error' && errorType !== undefined
      ? ['Status: error', `Error Type: ${errorType}`]
      : []),
    '',
  ].join('\t');
}
