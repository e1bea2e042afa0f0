import { invalid, noSuchResource, notFound } from './errors';
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
  return id === undefined ? functionOf(arn, call) : mappingOf(id, call);
}

function mappingOf(id: string, { state }: LambdaCall): Tagged {
  const held = state.mappings.get(id);
  if (!held) throw noSuchResource();
  return { held, announced: { type: 'AWS::Lambda::EventSourceMapping', id } };
}

function functionOf(arn: string, call: LambdaCall): Tagged {
  const found = functionByArn(arn, call);
  if (!found) throw notFound(`Function not found: ${arn}`);
  if (found.qualifier !== undefined)
    throw invalid(
      'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    );
  return { held: found.fn, announced: { type: 'AWS::Lambda::Function', id: found.fn.name } };
}
