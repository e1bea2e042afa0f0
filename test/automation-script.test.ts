import { spawnSync } from 'node:child_process';
import lab from '../labs/lab-05-config-auto-remediation/lab';
import * as checks from '../labs/lab-05-config-auto-remediation/checks';
import SolutionStack from '../labs/lab-05-config-auto-remediation/solution/stack';
import Scene from '../labs/lab-05-config-auto-remediation/stack';
import { connect } from '../checker/connect';
import { grade } from '../checker/run';
import { emulated } from './support/emulated';
import { deploy, synthesised, targetOf } from './support/graded';

jest.setTimeout(120_000);

process.env['CDK_VALIDATION'] = 'false';

const hasBoto3 = spawnSync('python3', ['-c', 'import boto3']).status === 0;

const Script = `
import boto3

def close(events, context):
    ec2 = boto3.client("ec2")
    group = ec2.describe_security_groups(GroupIds=[events["group"]])["SecurityGroups"][0]
    pages = ec2.get_paginator("describe_security_group_rules").paginate(
        Filters=[{"Name": "group-id", "Values": [group["GroupId"]]}])
    ids = [rule["SecurityGroupRuleId"] for page in pages for rule in page["SecurityGroupRules"]
           if not rule["IsEgress"] and rule["FromPort"] == 22
           and (rule.get("CidrIpv4") == "0.0.0.0/0" or rule.get("CidrIpv6") == "::/0")]
    if ids:
        ec2.revoke_security_group_ingress(GroupId=group["GroupId"], SecurityGroupRuleIds=ids)
    print("revoked", ids)
    return {"revoked": ids}
`;

/** The solution with a document whose one step is a Python script. */
const scripted = synthesised(SolutionStack, 'lab-05-work', ({ runbook }) => {
  runbook.content = {
    schemaVersion: '0.3',
    assumeRole: '{{ AutomationAssumeRole }}',
    parameters: { GroupId: { type: 'String' }, AutomationAssumeRole: { type: 'String' } },
    mainSteps: [
      {
        name: 'Close',
        action: 'aws:executeScript',
        inputs: {
          Runtime: 'python3.11',
          Handler: 'close',
          InputPayload: { group: '{{ GroupId }}' },
          Script,
        },
      },
    ],
  };
});

async function gradeScripted() {
  const here = emulated();
  const target = targetOf(here);
  await deploy(here, 'lab-05-scene', synthesised(Scene, 'lab-05-scene'));
  await lab.prepare?.(await connect(target, 'lab-05'));
  await deploy(here, 'lab-05-work', scripted);
  const graded = { lab: 'lab-05', checks: { ...checks }, target, options: { drills: true } };
  return grade(graded);
}

(hasBoto3 ? test : test.skip)('a runbook that is a Python script scores 100', async () => {
  const report = await gradeScripted();

  expect(report.results.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  expect(report.score).toMatchObject({ points: 100, of: 100 });
});

test('on a machine without python3 what the script should do is not gradable, and fails nothing', async () => {
  const path = process.env['PATH'];
  process.env['PATH'] = '/nowhere';
  const report = await gradeScripted().finally(() => (process.env['PATH'] = path));

  const verdicts = new Set(report.results.map(({ verdict }) => verdict));
  expect(verdicts).not.toContain('fail');
  const closing = report.results.find(({ id }) => id === 'neitherGroupIsOpen');
  expect(closing).toMatchObject({ verdict: 'not gradable here' });
  expect(closing?.why).toContain('on a machine without python3 is not emulated');
});
