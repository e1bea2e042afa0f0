import type { CodePipeline, StartPipelineExecutionInput } from '@aws-sdk/client-codepipeline';
import { parseArn } from '../arn';
import { parseObject } from '../json';
import type { Target } from './target';

/** Members of StartPipelineExecution that an input of the owner's own may set. */
const settable = ['variables', 'sourceRevisions'] as const;

export const pipeline: Target = {
  service: 'codepipeline',
  async send({ arn, input, isOwn }, caller, call) {
    const { region = call.region, resource: name } = parseArn(arn) ?? {};
    const given = (isOwn ? parseObject(input) : undefined) as
      Partial<StartPipelineExecutionInput> | undefined;
    await call.client<CodePipeline>('codepipeline', { ...caller, region }).startPipelineExecution({
      name,
      ...Object.fromEntries(
        settable.flatMap((member) => (given?.[member] ? [[member, given[member]]] : [])),
      ),
    });
  },
};
