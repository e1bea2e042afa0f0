import type { CfnResource } from 'aws-cdk-lib';
import * as checks from '../labs/lab-05-config-auto-remediation/checks';
import lab from '../labs/lab-05-config-auto-remediation/lab';
import SolutionStack from '../labs/lab-05-config-auto-remediation/solution/stack';
import Scene from '../labs/lab-05-config-auto-remediation/stack';
import { connect } from '../checker/connect';
import { grade } from '../checker/run';
import { emulated } from './support/emulated';
import { deploy, synthesised, targetOf } from './support/graded';

jest.setTimeout(60_000);

process.env['CDK_VALIDATION'] = 'false';

const scene = synthesised(Scene, 'lab-05-scene');

/** Grades the solution after one of its role's two statements was taken away. */
async function gradeWithout(statement: 0 | 1) {
  const here = emulated();
  const target = targetOf(here);
  await deploy(here, 'lab-05-scene', scene);
  await lab.prepare?.(await connect(target, 'lab-05'));
  const kept = `Policies.0.PolicyDocument.Statement.${statement}`;
  const stripped = synthesised(SolutionStack, 'lab-05-work', ({ role }) =>
    (role.node.defaultChild as CfnResource).addPropertyDeletionOverride(kept),
  );
  await deploy(here, 'lab-05-work', stripped);
  const report = await grade({
    lab: 'lab-05',
    checks: { ...checks },
    target,
    options: { drills: true },
  });
  const drill = report.results.find(({ kind }) => kind === 'drill');
  return { report, seen: drill?.seen ?? '' };
}

test.each([
  [0, 'ec2:DescribeSecurityGroups', 'ProveGroup'],
  [1, 'ec2:RevokeSecurityGroupIngress', 'RevokeSsh'],
] as const)(
  'without statement %i the automation is denied %s, and the report names its step %s',
  async (statement, action, step) => {
    const { report, seen } = await gradeWithout(statement);

    expect(report.score.points).toBeLessThan(100);
    expect(seen).toContain(`step ${step} of the automation failed`);
    expect(seen).toMatch(/AccessDenied|UnauthorizedOperation/);
    expect(seen).toContain(`is not authorized to perform: ${action}`);
    expect(seen).toContain('arn:aws:sts::000000000000:assumed-role/');
  },
);
