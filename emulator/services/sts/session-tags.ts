import type { AssumeRoleRequest, Tag } from '@aws-sdk/client-sts';
import { awsError } from '../../errors';
import { tagRecord } from '../../tags';
import type { Session, StsCall } from './state';

/** Tags of a new session: those asked for, and those that the calling session hands on. */
export function sessionTags(
  { Tags: tags = [], TransitiveTagKeys: asked = [] }: AssumeRoleRequest,
  call: StsCall,
): Pick<Session, 'tags' | 'transitive'> {
  const inherited = handedOnBy(call);
  checkTags(tags, asked);
  if (tags.some(({ Key: key = '' }) => isAmong(Object.keys(inherited), key)))
    throw invalid(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  return {
    tags: { ...inherited, ...tagRecord(tags) },
    transitive: [...Object.keys(inherited), ...asked],
  };
}

function checkTags(tags: Tag[], transitive: string[]): void {
  const keys = tags.map(({ Key: key = '' }) => key.toLowerCase());
  if (keys.some((key) => key.startsWith('aws:')))
    throw awsError('ValidationError', 'Tag keys that start with aws: are reserved for AWS use.'); // text unverified
  if (new Set(keys).size < keys.length)
    throw invalid('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  if (!transitive.every((key) => isAmong(keys, key)))
    throw invalid('The specified transitive tag key must be included in the requested tags.');
}

/** Roles that are assumed one from another keep the transitive tags of the first. */
function handedOnBy({ principal, state }: StsCall): Record<string, string> {
  if (principal.type !== 'role') return {};
  const session = [...state.sessions.values()].findLast(
    ({ principal: of }) => of.arn === principal.arn,
  );
  const { tags = {}, transitive = [] } = session ?? {};
  return Object.fromEntries(Object.entries(tags).filter(([key]) => isAmong(transitive, key)));
}

const isAmong = (keys: string[], key: string): boolean =>
  keys.some((each) => each.toLowerCase() === key.toLowerCase());

const invalid = (text: string) => awsError('InvalidParameterValue', text);
