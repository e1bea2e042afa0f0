import type { ConfigService } from '@aws-sdk/client-config-service';
import type { Permission, Requirements } from '../../service';
import type { ConfigCall, ConfigState } from './state';

const ruleArn = (name: string | undefined, { state, arn }: ConfigCall): string =>
  state.rules.get(name ?? '')?.configuration.ConfigRuleArn ?? arn(`config-rule/${name}`);

const on = (call: ConfigCall, resources: string[]): Permission => ({
  action: `config:${call.operation}`,
  resources,
});

const onRule = ({ ConfigRuleName }: { ConfigRuleName?: string | undefined }, call: ConfigCall) =>
  on(call, [ruleArn(ConfigRuleName, call)]);

const remediationArn = (name: string | undefined, { state, arn }: ConfigCall): string =>
  state.remediations.get(name ?? '')?.Arn ?? arn(`remediation-configuration/${name}/*`);

const onRemediation = (
  { ConfigRuleName: name }: { ConfigRuleName?: string | undefined },
  call: ConfigCall,
) => on(call, [remediationArn(name, call)]);

/** The one recorder that there can be. */
const recorderArn = ({ state, arn }: ConfigCall): string =>
  state.recorder?.configuration.arn ?? arn('configuration-recorder/default/*');

const onRecorder = (_input: unknown, call: ConfigCall) => on(call, [recorderArn(call)]);

const onArn = ({ ResourceArn }: { ResourceArn?: string | undefined }, call: ConfigCall) =>
  on(call, [ResourceArn ?? '*']);

/** What operations on one rule, remediation or recorder ask of IAM; all others ask on `*`. */
export const permissions: Requirements<ConfigService, ConfigState> = {
  PutConfigRule: ({ ConfigRule }, call) => onRule({ ...ConfigRule }, call),
  DeleteConfigRule: onRule,
  DeleteEvaluationResults: onRule,
  GetComplianceDetailsByConfigRule: onRule,
  StartConfigRulesEvaluation: ({ ConfigRuleNames: names = [] }, call) =>
    on(
      call,
      names.map((name) => ruleArn(name, call)),
    ),
  PutRemediationConfigurations: ({ RemediationConfigurations: all = [] }, call) =>
    on(
      call,
      all.map(({ ConfigRuleName }) => remediationArn(ConfigRuleName, call)),
    ),
  DeleteRemediationConfiguration: onRemediation,
  StartRemediationExecution: onRemediation,
  DescribeRemediationExecutionStatus: onRemediation,
  PutConfigurationRecorder: ({ ConfigurationRecorder }, call) => [
    on(call, [recorderArn(call)]),
    {
      action: 'iam:PassRole',
      resources: [ConfigurationRecorder?.roleARN ?? '*'],
      context: { 'iam:PassedToService': 'config.amazonaws.com' },
    },
  ],
  StartConfigurationRecorder: onRecorder,
  StopConfigurationRecorder: onRecorder,
  DeleteConfigurationRecorder: onRecorder,
  DescribeConfigurationRecorders: onRecorder,
  DescribeConfigurationRecorderStatus: onRecorder,
  DescribeRemediationConfigurations: ({ ConfigRuleNames: names = [] }, call) =>
    on(
      call,
      names.map((name) => remediationArn(name, call)),
    ),
  TagResource: onArn,
  UntagResource: onArn,
  ListTagsForResource: onArn,
};
