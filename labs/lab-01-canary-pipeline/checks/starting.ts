import type { Account } from '../../../checker/account';
import { everyPage } from '../../../checker/pages';
import { output } from '../release/output';
import { released } from '../release/sample-events';
import { allowedOn, trustedBy } from './permissions';

/** There is no `pipeline:` in it. */
export const pipelineArn = ({ region, accountId }: Account, name: string): string =>
  `arn:aws:codepipeline:${region}:${accountId}:${name}`;

/** Rules that start the pipeline when release.zip is put: by pattern, target and the target's role. */
export async function rulesThatStart(
  account: Account,
  { name }: { name: string },
): Promise<string[]> {
  const TargetArn = pipelineArn(account, name);
  const pages = await everyPage(
    (NextToken) => account.events.listRuleNamesByTarget({ TargetArn, NextToken }),
    ({ NextToken }) => NextToken,
  );
  const found: string[] = [];
  for (const Name of pages.flatMap(({ RuleNames = [] }) => RuleNames)) {
    if (await starts(account, Name, TargetArn)) found.push(Name);
  }
  return found;
}

// --- internal ---

async function starts(account: Account, Name: string, TargetArn: string): Promise<boolean> {
  const { State, EventPattern } = await account.events.describeRule({ Name });
  if (State === 'DISABLED' || !EventPattern) return false;
  const Event = JSON.stringify(released(account, output(account, 'ReleasesBucketName')));
  const { Result } = await account.events.testEventPattern({ EventPattern, Event });
  if (!Result) return false;
  const { Targets = [] } = await account.events.listTargetsByRule({ Rule: Name });
  const role = Targets.find(({ Arn }) => Arn === TargetArn)?.RoleArn;
  if (!role) return false;
  const asked = { action: 'codepipeline:StartPipelineExecution', resources: [TargetArn] };
  const trusted = await trustedBy(account, role);
  return (
    trusted.includes('events.amazonaws.com') && (await allowedOn(account, role, asked)).length > 0
  );
}
