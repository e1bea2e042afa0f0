import type { CodeBuildCall, Phase, PhaseEnd, StoredBuild } from '../state';
import { phaseEvent } from './events';
import type { BuildLog } from './log';

/** One build under way. */
export interface Course {
  build: StoredBuild;
  log: BuildLog;
  call: CodeBuildCall;
}

/** Runs one phase, records how it went and tells so; a throw is its failure. */
export async function phase(
  { build, log, call }: Course,
  phaseType: Phase,
  work: () => Promise<PhaseEnd> = succeed,
): Promise<PhaseEnd> {
  build.info.currentPhase = phaseType;
  const startTime = call.now();
  log.say(`Entering phase ${phaseType}`);
  const { status, context } = await attempt(work);
  const endTime = call.now();
  const record = {
    phaseType,
    phaseStatus: status,
    startTime,
    endTime,
    durationInSeconds: Math.round((endTime.getTime() - startTime.getTime()) / 1000),
    contexts: [context ?? { statusCode: '', message: '' }],
  };
  build.info.phases.push(record);
  log.say(`Phase complete: ${phaseType} State: ${status}`);
  log.say(
    `Phase context status code: ${context?.statusCode ?? ''} Message: ${context?.message ?? ''}`,
  );
  await log.flush();
  call.touch();
  phaseEvent(build, record, call);
  return { status, ...(context === undefined ? {} : { context }) };
}

const succeed = (): Promise<PhaseEnd> => Promise.resolve({ status: 'SUCCEEDED' });

async function attempt(work: () => Promise<PhaseEnd>): Promise<PhaseEnd> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const [, code, text] = /^([A-Z_]+_ERROR): (.*)$/s.exec(error.message) ?? [];
    return {
      status: 'FAILED',
      context: { statusCode: code ?? codeOf(error), message: text ?? error.message },
    };
  }
}

const codeOf = (error: Error): string => {
  if (error.constructor.name === 'BuildspecError') return 'YAML_FILE_ERROR';
  return /AccessDenied/.test(error.name) ? 'ACCESS_DENIED' : 'CLIENT_ERROR';
};
