import type { CodeBuild } from '@aws-sdk/client-codebuild';
import { parseArn } from '../arn';
import { parseObject } from '../json';
import type { Target } from './target';

/** An input of the owner's own overrides members of StartBuild, `{"sourceVersion": "…"}`. */
export const buildProject: Target = {
  service: 'codebuild',
  async send({ arn, input, isOwn }, caller, call) {
    const { region = call.region, resource = '' } = parseArn(arn) ?? {};
    await call.client<CodeBuild>('codebuild', { ...caller, region }).startBuild({
      ...(isOwn ? parseObject(input) : undefined),
      projectName: resource.replace(/^project\//, ''),
    });
  },
};
