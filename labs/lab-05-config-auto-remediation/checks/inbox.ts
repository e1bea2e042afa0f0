import type { Message } from '@aws-sdk/client-sqs';
import type { Account } from '../../../checker/account';
import { output } from './found';

/** Reads the inbox to the end and answers what was not known to this check before; deletes nothing. */
export async function newMessages(account: Account): Promise<string[]> {
  const known = (account.memory.get('known messages') ?? new Set()) as Set<string>;
  account.memory.set('known messages', known);
  const fresh: string[] = [];
  let page: Message[];
  do {
    const answer = await account.sqs.receiveMessage({
      QueueUrl: output(account.outputs, 'InboxUrl'),
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 20,
    });
    page = answer.Messages ?? [];
    for (const { MessageId = '', Body = '' } of page) {
      if (!known.has(MessageId)) fresh.push(Body);
      known.add(MessageId);
    }
  } while (page.length > 0);
  return fresh;
}

/** True for an alert about the group; whatever words an input transformer gave it, it names the group. */
export function isAlertAbout(groupId: string, body: string): boolean {
  const message = memberOf(body, 'Message');
  const text = typeof message === 'string' ? message : body;
  const verdict = /"newEvaluationResult".*?"complianceType"\s*:\s*"(\w+)"/s.exec(text)?.[1];
  return text.includes(groupId) && (verdict === undefined || verdict === 'NON_COMPLIANT');
}

// --- internal ---

function memberOf(json: string, name: string): unknown {
  // An SNS envelope is always JSON; raw delivery may be any text.
  if (!json.startsWith('{')) return undefined;
  return (JSON.parse(json) as Record<string, unknown>)[name];
}
