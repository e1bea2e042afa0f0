import type {
  RemediationConfiguration,
  RemediationParameterValue,
} from '@aws-sdk/client-config-service';
import type { Account } from '../../../checker/account';
import { type Check, fail, pass, type Proof } from '../../../checker/check';
import { findRemediation } from './found';

const reads = ['config:DescribeConfigRules', 'config:DescribeRemediationConfigurations'];

const where = 'Config, the rule, Remediation action; AWS::Config::RemediationConfiguration';

export const remediationRunsByItself: Check = {
  title: 'The rule has an automatic remediation with attempts and retry time',
  task: 'c',
  points: 5,
  reads,
  objective: 'Let Config act on a finding without a human.',
  async look(account) {
    const remediation = await findRemediation(account);
    const wanted = 'Automatic remediation with MaximumAutomaticAttempts and RetryAttemptSeconds.';
    const proof = attemptsProof(account, remediation);
    if (!remediation) return fail({ seen: 'The rule has no remediation.', wanted, where, proof });
    const { Automatic, MaximumAutomaticAttempts, RetryAttemptSeconds } = remediation;
    if (!Automatic)
      return fail({ seen: `${described(remediation)} is manual.`, wanted, where, proof });
    const tries = `${MaximumAutomaticAttempts ?? '?'} attempts in ${RetryAttemptSeconds ?? '?'} s`;
    const seen = `${described(remediation)} is automatic, ${tries}.`;
    return MaximumAutomaticAttempts && RetryAttemptSeconds
      ? pass(seen, proof)
      : fail({ seen, wanted, where, proof });
  },
};

export const groupComesFromTheFinding: Check = {
  title: 'The automation takes its group from the finding (RESOURCE_ID)',
  task: 'c',
  points: 5,
  needs: ['remediationRunsByItself'],
  reads: [...reads, 'ssm:DescribeDocument'],
  objective: 'Map the resource that the rule found to a parameter of the runbook.',
  async look(account) {
    const {
      TargetId: document = '',
      Parameters = {},
      Arn,
    } = (await findRemediation(account)) ?? {};
    const proof = {
      call: 'config:DescribeRemediationConfigurations',
      resource: Arn ?? account.accountId,
      path: 'RemediationConfigurations[].Parameters',
      expected: 'one parameter of the document with ResourceValue RESOURCE_ID',
      actual: Parameters,
    };
    const wanted = 'One parameter of the automation document with ResourceValue RESOURCE_ID.';
    const mapped = Object.entries(Parameters).find(
      ([, { ResourceValue }]) => ResourceValue?.Value === 'RESOURCE_ID',
    );
    if (!mapped) return fail({ seen: fixedIn(Parameters), wanted, where, proof });
    const { type, parameters } = await documentOf(account, document);
    const seen = `${document} (${type}) gets RESOURCE_ID as ${mapped[0]}.`;
    if (type === 'Automation' && parameters.includes(mapped[0])) return pass(seen, proof);
    return fail({ seen: `${seen} It has no such parameter.`, wanted, where, proof });
  },
};

// --- internal ---

const attemptsProof = (
  { accountId }: Account,
  remediation: RemediationConfiguration | undefined,
): Proof => ({
  call: 'config:DescribeRemediationConfigurations',
  resource: remediation?.Arn ?? accountId,
  path: 'RemediationConfigurations[], Automatic, MaximumAutomaticAttempts, RetryAttemptSeconds',
  expected: [true, 'a number', 'a number'],
  actual: remediation
    ? [remediation.Automatic, remediation.MaximumAutomaticAttempts, remediation.RetryAttemptSeconds]
    : null,
});

async function documentOf({ ssm }: Account, Name: string) {
  const { Document = {} } = await ssm.describeDocument({ Name });
  const { DocumentType: type, Parameters = [] } = Document;
  return { type, parameters: Parameters.map((parameter) => parameter.Name) };
}

function fixedIn(parameters: Record<string, RemediationParameterValue>): string {
  const fixed = Object.entries(parameters)
    .filter(([name]) => name !== 'AutomationAssumeRole')
    .map(([name, { StaticValue }]) => `${name} is always ${StaticValue?.Values?.join(', ')}`);
  return fixed.length > 0 ? `${fixed.join('; ')}.` : 'No parameter takes RESOURCE_ID.';
}

const described = ({ TargetId, ConfigRuleName }: RemediationConfiguration): string =>
  `The remediation of ${ConfigRuleName} by ${TargetId}`;
