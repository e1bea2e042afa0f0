import { checkStage, findPipeline } from './find';
import type { CodePipelineHandlers } from './state';

export const transitions = {
  DisableStageTransition({ pipelineName, stageName = '', reason }, call) {
    const pipeline = findPipeline(pipelineName, call);
    checkStage(pipeline, stageName);
    pipeline.transitions.set(stageName, {
      enabled: false,
      ...(reason === undefined ? {} : { reason }),
      changedBy: call.principal.arn,
      changedAt: call.now(),
    });
  },

  EnableStageTransition({ pipelineName, stageName = '' }, call) {
    const pipeline = findPipeline(pipelineName, call);
    checkStage(pipeline, stageName);
    pipeline.transitions.set(stageName, {
      enabled: true,
      changedBy: call.principal.arn,
      changedAt: call.now(),
    });
    call.timers.set({ name: 'advance', at: call.now(), payload: { pipeline: pipeline.name } });
  },
} satisfies CodePipelineHandlers;
