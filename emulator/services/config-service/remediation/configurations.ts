import {
  NoSuchRemediationConfigurationException,
  RemediationInProgressException,
  type RemediationConfiguration,
} from '@aws-sdk/client-config-service';
import { refuse } from '../../../refuse';
import type { ConfigCall, ConfigHandlers, ConfigState } from '../state';
import { checkLength } from '../constraints';
import { isRunning, remediateAutomatically } from './automatic';
import { checkRemediation } from './check';

const type = 'AWS::Config::RemediationConfiguration';

export function requireRemediation(rule: string, { remediations }: ConfigState) {
  const remediation = remediations.get(rule);
  if (remediation) return remediation;
  // The text is not verified.
  throw refuse(
    NoSuchRemediationConfigurationException,
    `No RemediationConfiguration for rule ${rule} exists.`,
  );
}

function store(given: RemediationConfiguration, call: ConfigCall): void {
  const { ConfigRuleName = '' } = given;
  const old = call.state.remediations.get(ConfigRuleName);
  const Arn =
    old?.Arn ?? call.arn(`remediation-configuration/${ConfigRuleName}/${call.random.uuid()}`);
  call.state.remediations.set(ConfigRuleName, {
    ...given,
    ConfigRuleName,
    Arn,
    Automatic: given.Automatic ?? false,
    Parameters: given.Parameters ?? {},
  });
  call.announce({ kind: old ? 'UPDATE' : 'CREATE', type, id: ConfigRuleName });
}

/** A new automatic remediation takes on what its rule already finds wrong. */
function remediateKnown(rule: string, call: ConfigCall): void {
  const results = [...(call.state.rules.get(rule)?.results.values() ?? [])];
  for (const { type: resourceType, id, compliance } of results) {
    if (compliance === 'NON_COMPLIANT') {
      remediateAutomatically({ rule, type: resourceType, id }, call);
    }
  }
}

function forget(rule: string, call: ConfigCall): void {
  const { executions, exceptions, remediations } = call.state;
  for (const [key, execution] of executions) {
    if (execution.rule !== rule) continue;
    if (execution.timer !== undefined) call.timers.cancel(execution.timer);
    executions.delete(key);
  }
  for (const [key, exception] of exceptions) if (exception.rule === rule) exceptions.delete(key);
  remediations.delete(rule);
  call.announce({ kind: 'DELETE', type, id: rule });
}

export const remediationConfigurations = {
  async PutRemediationConfigurations({ RemediationConfigurations: all = [] }, call) {
    for (const given of all) await checkRemediation(given, call);
    for (const given of all) {
      store(given, call);
      remediateKnown(given.ConfigRuleName ?? '', call);
    }
    return { FailedBatches: [] };
  },

  DescribeRemediationConfigurations({ ConfigRuleNames: names = [] }, { state }) {
    checkLength(names, 'configRuleNames', 25);
    return {
      RemediationConfigurations: names.flatMap((name) => state.remediations.get(name) ?? []),
    };
  },

  DeleteRemediationConfiguration({ ConfigRuleName: rule = '' }, call) {
    requireRemediation(rule, call.state);
    const executions = [...call.state.executions.values()].filter((one) => one.rule === rule);
    if (executions.some(isRunning)) {
      // The text is not verified.
      throw refuse(
        RemediationInProgressException,
        `Remediation action is in progress for rule ${rule}. You can either cancel execution in SSM or wait and try again later.`,
      );
    }
    forget(rule, call);
    return {};
  },
} satisfies ConfigHandlers;
