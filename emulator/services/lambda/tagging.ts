import { invalid, notFound } from './errors';
import { functionByArn } from './find-function';
import type { LambdaCall, LambdaHandlers } from './state';

export const tagging = {
  TagResource({ Resource, Tags = {} }, call) {
    const { held, announced } = find(Resource, call);
    held.tags = { ...held.tags, ...Tags };
    call.announce({ kind: 'UPDATE', ...announced });
  },

  UntagResource({ Resource, TagKeys = [] }, call) {
    const { held, announced } = find(Resource, call);
    for (const key of TagKeys) delete held.tags[key];
    call.announce({ kind: 'UPDATE', ...announced });
  },

  ListTags({ Resource }, call) {
    return { Tags: find(Resource, call).held.tags };
  },
} satisfies LambdaHandlers;

interface Tagged {
  held: { tags: Record<string, string> };
  announced: { type: string; id: string };
}

/** A function or an event source mapping. */
function find(arn = '', call: LambdaCall): Tagged {
  const [, id] = /:event-source-mapping:([^:]+)$/.exec(arn) ?? [];
  const mapping = call.state.mappings.get(id ?? '');
  if (mapping)
    return {
      held: mapping,
      announced: { type: 'AWS::Lambda::EventSourceMapping', id: mapping.id },
    };
  const found = functionByArn(arn, call);
  if (found?.qualifier !== undefined)
    throw invalid(
      'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    );
  if (found)
    return { held: found.fn, announced: { type: 'AWS::Lambda::Function', id: found.fn.name } };
  throw id === undefined
    ? notFound(`Function not found: ${arn}`)
    : notFound('The resource you requested does not exist.');
}
