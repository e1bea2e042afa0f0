import { constraint, invalid, notFound } from './errors';
import { functionByArn } from './find-function';
import type { LambdaCall, LambdaHandlers } from './state';

export const tagging = {
  TagResource({ Resource, Tags = {} }, call) {
    const { held, announced } = find(Resource, call);
    if (Object.keys(Tags).length === 0)
      throw invalid('An error occurred and the request cannot be processed.');
    checkTags({ ...held.tags, ...Tags });
    held.tags = { ...held.tags, ...Tags };
    call.announce({ kind: 'UPDATE', ...announced });
  },

  UntagResource({ Resource, TagKeys = [] }, call) {
    if (TagKeys.length === 0) throw constraint(undefined, 'tagKeys', 'not be null');
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

/** A function or a mapping has at most 50. */
export function checkTags(tags: Record<string, string> = {}): void {
  if (Object.keys(tags).length > 50) throw invalid('Number of tags exceeds resource tag limit.');
}

const resources = String.raw`arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)`;

/** A function or an event source mapping. */
function find(arn = '', call: LambdaCall): Tagged {
  if (!new RegExp(`^${resources}$`).test(arn))
    throw constraint(arn, 'resource', `satisfy regular expression pattern: ${resources}`);
  const [, id] = /:event-source-mapping:([^:]+)$/.exec(arn) ?? [];
  return id === undefined ? functionOf(arn, call) : mappingOf(id, { arn, call });
}

function mappingOf(id: string, { arn, call }: { arn: string; call: LambdaCall }): Tagged {
  const held = call.state.mappings.get(id);
  if (!held) throw notFound(`Event source mapping not found: ${arn}`);
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
