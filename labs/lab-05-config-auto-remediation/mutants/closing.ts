import type { Mutant } from '../../../checker/mutant';
import { output } from '../checks/found';
import { world } from '../scene/ingress';
import { closeSsh } from '../solution/runbook';
import type SolutionStack from '../solution/stack';
import { raw } from './raw';

function useAwsRunbook({ remediation }: SolutionStack): void {
  remediation.targetId = 'AWS-DisablePublicAccessForSecurityGroup';
}

/** What goes wrong with the document, what its failures leave, and who hears of them: tasks (e) and (f). */
export const closing: Mutant<SolutionStack>[] = [
  {
    name: "AWS's own runbook, which fails outside the default VPC",
    breaks: 'neitherGroupIsOpen',
    says: 'InvalidPermission.NotFound',
    mutate: useAwsRunbook,
  },
  {
    name: 'the failures of that runbook have left an exception, and the group is still open',
    breaks: 'neitherGroupIsOpen',
    says: 'A remediation exception keeps Config from trying again',
    before: useAwsRunbook,
  },
  {
    name: 'the group was closed by hand, and its exception is left',
    breaks: 'noExceptionIsLeft',
    says: 'has a remediation exception for sg-',
    before: useAwsRunbook,
    act: ({ ec2, outputs }) =>
      ec2.revokeSecurityGroupIngress({
        GroupId: output(outputs, 'OtherVpcGroupId'),
        IpPermissions: [
          { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: world }] },
        ],
      }),
  },
  {
    name: 'the document removes every rule that is open to the world, 443 too',
    breaks: 'httpsAndOfficeStayOpen',
    says: '443 from 0.0.0.0/0',
    mutate({ remediation, failureRule }) {
      const document = 'AWSConfigRemediation-RemoveUnrestrictedSourceIngressRules';
      remediation.targetId = document;
      remediation.addPropertyOverride('Parameters', {
        GroupId: undefined,
        SecurityGroupId: { ResourceValue: { Value: 'RESOURCE_ID' } },
      });
      failureRule.addPropertyOverride('EventPattern.detail.Definition', [document]);
    },
  },
  {
    name: 'the document closes IPv4 and forgets IPv6',
    breaks: 'openSshOnIpv6IsClosedAndTold',
    says: 'is still open to ::/0',
    mutate: ({ runbook }) => {
      const text = JSON.stringify(closeSsh).replace(" || @.CidrIpv6 == '::/0'", '');
      runbook.content = JSON.parse(text) as object;
    },
  },
  {
    name: 'every step goes on after a failure, so that the automation ends in Success',
    breaks: 'failedAutomationOpensAnOpsItem',
    says: 'ended in Success',
    mutate: ({ runbook }) => {
      const mainSteps = closeSsh.mainSteps.map((step) => ({ ...step, onFailure: 'Continue' }));
      runbook.content = { ...closeSsh, mainSteps };
    },
  },
  {
    name: 'the pattern waits for FAILED, as Config writes it',
    breaks: 'failuresReachOpsCenter',
    says: 'No enabled rule matches',
    mutate: ({ failureRule }) =>
      failureRule.addPropertyOverride('EventPattern.detail.Status', ['FAILED']),
  },
  {
    name: 'the pattern asks for no status: every run opens an OpsItem',
    breaks: 'failuresReachOpsCenter',
    says: 'also matches the status Success',
    mutate: ({ failureRule }) =>
      failureRule.addPropertyDeletionOverride('EventPattern.detail.Status'),
  },
  {
    name: 'the role of the OpsItem target is trusted by Systems Manager',
    breaks: 'eventBridgeMayOpenOpsItems',
    says: 'is trusted by ssm.amazonaws.com',
    mutate: ({ opener }) =>
      raw(opener).addPropertyOverride('AssumeRolePolicyDocument.Statement.0.Principal', {
        Service: 'ssm.amazonaws.com',
      }),
  },
  {
    name: 'the recorder was stopped to save money',
    breaks: 'recorderKeepsRecording',
    says: 'is off',
    act: ({ config, outputs }) =>
      config.stopConfigurationRecorder({
        ConfigurationRecorderName: output(outputs, 'RecorderName'),
      }),
  },
];
