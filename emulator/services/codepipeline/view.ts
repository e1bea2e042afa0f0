import type { Resource } from '../../changes/resource';
import type { CodePipelineCall } from './state';
import { toProperties } from './properties';

export const view = ({ state }: CodePipelineCall): Resource[] =>
  [...state.pipelines.values()].map((pipeline) => ({
    arn: pipeline.arn,
    type: 'AWS::CodePipeline::Pipeline',
    id: pipeline.name,
    name: pipeline.name,
    tags: pipeline.tags,
    configuration: toProperties(pipeline),
    createdAt: pipeline.createdAt,
  }));
