import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline';
import type { Role } from '@aws-sdk/client-iam';
import type { Account } from '../../../checker/account';
import type { Check } from '../../../checker/check';
import { everyPage } from '../../../checker/pages';
import { actionsBy, actionsIn } from '../release/pipeline';
import { judge, pipelineReads, withPipeline } from './found';
import { allowedOn } from './permissions';

export const onlyTheDeployRoleIsPassed: Check = {
  title: 'The pipeline passes the deploy role to CloudFormation and no other role to anybody',
  task: 'g',
  points: 6,
  needs: ['pipelineDeploysTheStack'],
  reads: [
    ...pipelineReads,
    'codebuild:BatchGetProjects',
    'iam:ListRoles',
    'iam:SimulatePrincipalPolicy',
  ],
  objective: 'Who may pass every role may become every role.',
  look: (account) =>
    withPipeline(account, async (pipeline) => {
      const deployRole = deployRoleOf(pipeline);
      const users = await rolesUsedBy(account, pipeline);
      const passed = (await Promise.all(users.map((role) => passedBy(account, role)))).flat();
      const extra = passed.filter(({ role, to }) => role !== deployRole || to !== cloudformation);
      const deploys = passed.some(({ role, to }) => role === deployRole && to === cloudformation);
      return judge(deploys && extra.length === 0, {
        seen: seen(deployRole, { deploys, extra: extra.map(passText) }),
        wanted: `iam:PassRole on the deploy role alone, with iam:PassedToService ${cloudformation}.`,
        where: `IAM, ${users.join(', ')}, permissions; the deploy action, RoleArn`,
        proof: {
          call: 'iam:SimulatePrincipalPolicy',
          resource: users.join(', '),
          path: 'EvaluationResults[].EvalDecision of iam:PassRole',
          expected: `allowed on ${deployRole} for ${cloudformation}, denied otherwise`,
          actual: passed.map(passText).join('; ') || 'denied everywhere',
        },
      });
    }),
};

// --- internal ---

const cloudformation = 'cloudformation.amazonaws.com';

const services = [
  cloudformation,
  'lambda.amazonaws.com',
  'codedeploy.amazonaws.com',
  'ec2.amazonaws.com',
];

interface Passed {
  by: string;
  role: string;
  to: string;
}

const passText = ({ by, role, to }: Passed): string => `${by} may pass ${role} to ${to}`;

function seen(role: string, { deploys, extra }: { deploys: boolean; extra: string[] }): string {
  if (extra.length > 0) return `${extra.slice(0, 3).join('; ')}${extra.length > 3 ? '; …' : ''}.`;
  if (!role) return 'The deploy action names no RoleArn, so CloudFormation works as the pipeline.';
  return deploys
    ? `${role} can be passed to CloudFormation, and nothing else can be passed.`
    : `No role of the pipeline may pass ${role} to CloudFormation.`;
}

const deployRoleOf = (pipeline: PipelineDeclaration): string =>
  actionsBy(pipeline, 'Deploy', 'CloudFormation')[0]?.action.configuration?.['RoleArn'] ?? '';

/** The pipeline's own role, those of its actions, and those of its builds. */
async function rolesUsedBy({ codebuild }: Account, pipeline: PipelineDeclaration) {
  const placed = actionsIn(pipeline);
  const names = placed.flatMap(({ action }) => action.configuration?.['ProjectName'] ?? []);
  const { projects = [] } = names.length > 0 ? await codebuild.batchGetProjects({ names }) : {};
  const all = [
    pipeline.roleArn,
    ...placed.map(({ action }) => action.roleArn),
    ...projects.map(({ serviceRole }) => serviceRole),
  ];
  return [...new Set(all.filter((role) => role !== undefined))];
}

/** What a role may pass, among the roles of the lab and some others, to services that roles are passed to. */
async function passedBy(account: Account, by: string): Promise<Passed[]> {
  const pages = await everyPage(
    (Marker) => account.iam.listRoles({ Marker }),
    ({ IsTruncated, Marker }) => (IsTruncated ? Marker : undefined),
  );
  const roles = pages.flatMap(({ Roles = [] }) => Roles);
  const isOurs = ({ RoleName = '' }: Role) => RoleName.startsWith(`${account.lab}-`);
  const some = [...roles.filter(isOurs), ...roles.filter((role) => !isOurs(role)).slice(0, 20)];
  const resources = some.flatMap(({ Arn }) => Arn ?? []);
  const asked = services.map(async (to) => {
    const context = { 'iam:PassedToService': to };
    const passed = await allowedOn(account, by, { action: 'iam:PassRole', resources, context });
    return passed.map((role) => ({ by, role, to }));
  });
  return (await Promise.all(asked)).flat();
}
