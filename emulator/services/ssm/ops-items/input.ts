import {
  OpsItemInvalidParameterException,
  type CreateOpsItemRequest,
  type OpsItemDataValue,
  type UpdateOpsItemRequest,
} from '@aws-sdk/client-ssm';
import { refuse } from '../../../refuse';
import { constraint } from '../constraints';
import { dedupKey, resourcesKey, timeMembers } from './store';
import { table } from '../../../table';

type Input = Partial<CreateOpsItemRequest & UpdateOpsItemRequest>;

/** What AWS says of a member whose value it does not take. */
export const invalid = (ParameterNames: string[], message: string) =>
  Object.assign(refuse(OpsItemInvalidParameterException, message), { ParameterNames });

const lengths: Record<string, number> = table({
  Title: 1024,
  Description: 2048,
  Source: 128,
  Category: 64,
  Severity: 64,
});

function checkTexts(input: Input): void {
  for (const [name, most] of Object.entries(lengths)) {
    const value = input[name as 'Title'];
    if (value === undefined) continue;
    const member = name.charAt(0).toLowerCase() + name.slice(1);
    if (value.trim() === '')
      throw constraint(value, member, 'have length greater than or equal to 1');
    if (value.length > most)
      throw constraint(value, member, `have length less than or equal to ${most}`);
  }
}

// AWS's own keys, of which callers may set a few.
const reserved = /^\/?(amazon|aws|amzn|ssm)/i;
const given = new Set([dedupKey, resourcesKey, '/aws/automations']);

// The texts of the refusals below are not verified.
const dataRules: [(key: string, data: OpsItemDataValue) => boolean, string][] = [
  [(key) => reserved.test(key) && !given.has(key), 'begins with a reserved prefix'],
  [(key) => key.length > 128, 'is longer than 128 characters'],
  [(_, { Type = '' }) => !/^(SearchableString|String)$/.test(Type), 'has no valid type'],
  [(_, { Value = '' }) => Value.length > 20 * 1024, 'has a value larger than 20 KB'],
];

function checkData(data: Record<string, OpsItemDataValue>): void {
  for (const [key, value] of Object.entries(data)) {
    const broken = dataRules.find(([breaks]) => breaks(key, value));
    if (broken) throw invalid(['OperationalData'], `The operational data key ${key} ${broken[1]}.`);
  }
}

const isPriority = (priority: number) =>
  Number.isInteger(priority) && priority >= 1 && priority <= 5;

/** Refuses what neither a new OpsItem nor a changed one may hold. */
export function checkOpsItem(input: Input): void {
  checkTexts(input);
  checkData(input.OperationalData ?? {});
  const { Priority: priority = 1, OpsItemType: type = '/aws/issue', AccountId: account } = input;
  if (!isPriority(priority)) {
    throw invalid(['Priority'], `Priority must be a number from 1 to 5: ${priority}`);
  }
  if (type !== '/aws/issue') {
    throw invalid(['OpsItemType'], `ssm OpsItems of type ${type} are not emulated`);
  }
  if (account !== undefined) {
    throw invalid(['AccountId'], 'ssm OpsItems in other accounts are not emulated');
  }
}

/** An issue is open, in progress or resolved; the other statuses are those of change requests. */
export function checkStatus({ Status: status = 'Open' }: UpdateOpsItemRequest): void {
  if (/^(Open|InProgress|Resolved|Closed)$/.test(status)) return;
  throw invalid(['Status'], `The status ${status} is not valid for an OpsItem of type /aws/issue.`);
}

/** The times that a request sets. */
export const timesIn = (input: Input) =>
  Object.fromEntries(
    timeMembers.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]])),
  );
