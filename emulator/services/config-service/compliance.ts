import {
  type Compliance,
  type ComplianceSummary,
  type ComplianceType,
  type EvaluationResult,
} from '@aws-sdk/client-config-service';
import { checkLength } from './constraints';
import { pageOf } from './pages';
import { chosenRules, requireRule } from './rule-input';
import type { ConfigCall, ConfigHandlers, ConfigState, Evaluation, Rule } from './state';

const cap = 25;
const resourceCap = 100;

const capped = (count: number, most: number) => ({
  CappedCount: Math.min(count, most),
  CapExceeded: count > most,
});

/** One verdict over many: a single non-compliant one decides, none at all is no data. */
function summarise(verdicts: ComplianceType[]): Compliance {
  if (verdicts.length === 0) return { ComplianceType: 'INSUFFICIENT_DATA' };
  const bad = verdicts.filter((verdict) => verdict === 'NON_COMPLIANT').length;
  if (bad === 0) return { ComplianceType: 'COMPLIANT' };
  return { ComplianceType: 'NON_COMPLIANT', ComplianceContributorCount: capped(bad, cap) };
}

const ofRule = ({ results }: Rule): Compliance =>
  summarise([...results.values()].map(({ compliance }) => compliance));

interface Judged {
  type: string;
  id: string;
  compliance: Compliance;
}

/** Every judged resource with its verdict over all rules. */
function judgedResources({ rules }: ConfigState): Judged[] {
  const byResource = new Map<string, Evaluation[]>();
  for (const { results } of rules.values()) {
    for (const [key, result] of results) {
      byResource.set(key, [...(byResource.get(key) ?? []), result]);
    }
  }
  return [...byResource.values()].flatMap((results) => {
    const [first] = results;
    const compliance = summarise(results.map((result) => result.compliance));
    return first ? [{ type: first.type, id: first.id, compliance }] : [];
  });
}

const wants = (types: ComplianceType[] | undefined, { ComplianceType: type }: Compliance) =>
  !types?.length || (type !== undefined && types.includes(type));

const shown = (rule: Rule, result: Evaluation): EvaluationResult => ({
  EvaluationResultIdentifier: {
    EvaluationResultQualifier: {
      ConfigRuleName: rule.configuration.ConfigRuleName,
      ResourceType: result.type,
      ResourceId: result.id,
      EvaluationMode: 'DETECTIVE',
    },
    OrderingTimestamp: result.orderingTimestamp,
  },
  ComplianceType: result.compliance,
  ResultRecordedTime: result.recordedAt,
  ConfigRuleInvokedTime: result.invokedAt,
  Annotation: result.annotation,
});

function summaryOf(all: Compliance[], most: number, { now }: ConfigCall): ComplianceSummary {
  const count = (wanted: ComplianceType) =>
    all.filter(({ ComplianceType: type }) => type === wanted).length;
  return {
    CompliantResourceCount: capped(count('COMPLIANT'), most),
    NonCompliantResourceCount: capped(count('NON_COMPLIANT'), most),
    ComplianceSummaryTimestamp: now(),
  };
}

export const compliance = {
  DescribeComplianceByConfigRule({ ConfigRuleNames, ComplianceTypes, NextToken }, { state }) {
    const found = chosenRules(ConfigRuleNames, state)
      .map((rule) => ({
        ConfigRuleName: rule.configuration.ConfigRuleName,
        Compliance: ofRule(rule),
      }))
      .filter(({ Compliance: verdict }) => wants(ComplianceTypes, verdict));
    const { page, next } = pageOf(found, { token: NextToken, usual: cap });
    return { ComplianceByConfigRules: page, NextToken: next };
  },

  DescribeComplianceByResource(input, { state }) {
    const { ResourceType, ResourceId, ComplianceTypes, Limit, NextToken } = input;
    const found = judgedResources(state).filter(
      (one) =>
        one.type === (ResourceType ?? one.type) &&
        one.id === (ResourceId ?? one.id) &&
        wants(ComplianceTypes, one.compliance),
    );
    const { page, next } = pageOf(found, { token: NextToken, limit: Limit, usual: 10 });
    return {
      ComplianceByResources: page.map((one) => ({
        ResourceType: one.type,
        ResourceId: one.id,
        Compliance: one.compliance,
      })),
      NextToken: next,
    };
  },

  GetComplianceDetailsByConfigRule(input, { state }) {
    const { ConfigRuleName = '', ComplianceTypes, Limit, NextToken } = input;
    const rule = requireRule(ConfigRuleName, state);
    const found = [...rule.results.values()]
      .map((result) => shown(rule, result))
      .filter((result) => wants(ComplianceTypes, result));
    const { page, next } = pageOf(found, { token: NextToken, limit: Limit, usual: 10 });
    return { EvaluationResults: page, NextToken: next };
  },

  GetComplianceDetailsByResource(input, { state }) {
    const { ResourceType: type, ResourceId: id, ComplianceTypes, NextToken } = input;
    const found = [...state.rules.values()]
      .flatMap((rule) =>
        [...rule.results.values()]
          .filter((result) => result.type === type && result.id === id)
          .map((result) => shown(rule, result)),
      )
      .filter((result) => wants(ComplianceTypes, result));
    const { page, next } = pageOf(found, { token: NextToken, usual: cap });
    return { EvaluationResults: page, NextToken: next };
  },

  GetComplianceSummaryByConfigRule(_input, call) {
    const all = [...call.state.rules.values()].map(ofRule);
    return { ComplianceSummary: summaryOf(all, cap, call) };
  },

  GetComplianceSummaryByResourceType({ ResourceTypes: types }, call) {
    checkLength(types, 'resourceTypes', 20);
    const judged = judgedResources(call.state);
    const of = (kept: Judged[]) =>
      summaryOf(
        kept.map((one) => one.compliance),
        resourceCap,
        call,
      );
    if (!types?.length) {
      return { ComplianceSummariesByResourceType: [{ ComplianceSummary: of(judged) }] };
    }
    return {
      ComplianceSummariesByResourceType: types.map((ResourceType) => ({
        ResourceType,
        ComplianceSummary: of(judged.filter(({ type }) => type === ResourceType)),
      })),
    };
  },
} satisfies ConfigHandlers;
