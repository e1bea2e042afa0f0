/** Whether a topic policy lets EventBridge publish for one rule; a condition that it does not know decides nothing. */
export function letsEventsPublish(
  policy: string,
  asked: { topicArn: string; ruleArn: string; accountId: string },
): boolean {
  const { Statement = [] } = JSON.parse(policy) as { Statement?: Statement | Statement[] };
  const about = [Statement].flat().filter((statement) => concerns(statement, asked));
  const deny = about.some(({ Effect }) => Effect === 'Deny');
  return !deny && about.some(({ Effect }) => Effect === 'Allow');
}

// --- internal ---

interface Statement {
  Effect: 'Allow' | 'Deny';
  Principal?: string | { Service?: string | string[]; AWS?: string | string[] };
  Action?: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

interface Asked {
  topicArn: string;
  ruleArn: string;
  accountId: string;
}

function concerns({ Effect, ...statement }: Statement, asked: Asked): boolean {
  const { Action = [], Resource = [], Condition = {} } = statement;
  return (
    isEvents(statement.Principal) &&
    matches(Action, 'sns:Publish') &&
    matches(Resource, asked.topicArn) &&
    Object.entries(Condition).every((test) => holds(test, asked) ?? Effect === 'Allow')
  );
}

// Principal { AWS: '*' } is everybody, services included; a default topic policy narrows it by owner.
const isEvents = (principal: Statement['Principal']) =>
  typeof principal === 'string'
    ? principal === '*'
    : [principal?.Service ?? [], principal?.AWS ?? []]
        .flat()
        .some((who) => who === 'events.amazonaws.com' || who === '*');

/** `undefined` when the condition asks for what is not known here; the drill then tells. */
function holds([operator, keys]: Test, asked: Asked): boolean | undefined {
  const known: Record<string, string> = {
    'aws:sourcearn': asked.ruleArn,
    'aws:sourceaccount': asked.accountId,
    'aws:securetransport': 'true',
    // A call of a service carries no owner.
    'aws:sourceowner': '',
  };
  const results = Object.entries(keys).map(([key, patterns]) => {
    const value = known[key.toLowerCase()];
    return value === undefined ? undefined : matches(patterns, value) !== /Not/.test(operator);
  });
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

type Test = [operator: string, keys: Record<string, string | string[]>];

const matches = (patterns: string | string[], value: string) =>
  [patterns].flat().some((pattern) => wildcard(pattern).test(value));

const wildcard = (pattern: string) =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  );
