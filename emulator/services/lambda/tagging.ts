import { notFound } from './errors';
import { functionByArn } from './find-function';
import type { LambdaCall, LambdaFunction, LambdaHandlers } from './state';

export const tagging = {
  TagResource({ Resource, Tags = {} }, call) {
    const fn = find(Resource, call);
    fn.tags = { ...fn.tags, ...Tags };
    announce(fn, call);
  },

  UntagResource({ Resource, TagKeys = [] }, call) {
    const fn = find(Resource, call);
    for (const key of TagKeys) delete fn.tags[key];
    announce(fn, call);
  },

  ListTags({ Resource }, call) {
    return { Tags: find(Resource, call).tags };
  },
} satisfies LambdaHandlers;

function find(arn: string | undefined, call: LambdaCall): LambdaFunction {
  const found = functionByArn(arn ?? '', call);
  if (!found) throw notFound(`Function not found: ${arn}`);
  return found.fn;
}

function announce({ name }: LambdaFunction, call: LambdaCall): void {
  call.announce({ kind: 'UPDATE', type: 'AWS::Lambda::Function', id: name });
}
