import type { CreateOpsItemRequest, OpsItemDataValue, SSM } from '@aws-sdk/client-ssm';
import { parseArn } from '../../../arn';
import { parseObject } from '../../../json';
import { type Delivery, hasOwnInput, type TargetKind } from './kind';

/** What an input transformer for OpsItems writes, as Systems Manager's user guide shows it. */
interface OpsItem {
  title?: string;
  description?: string;
  source?: string;
  category?: string;
  severity?: string;
  priority?: number;
  resources?: string[];
  operationalData?: Record<string, { type?: string; value?: unknown }>;
}

/** `arn:aws:ssm:<region>:<account>:opsitem` */
export const opsItem: TargetKind = {
  service: 'ssm',
  needsRole: true,
  async send(delivery, caller, call) {
    const { region = call.region } = parseArn(delivery.target.Arn ?? '') ?? {};
    const given = hasOwnInput(delivery.target) ? (parseObject(delivery.input) as OpsItem) : {};
    await call
      .client<SSM>('ssm', { ...caller, region })
      .createOpsItem(requestFor({ ...defaults(delivery), ...given }));
  },
};

const requestFor = (item: OpsItem): CreateOpsItemRequest => ({
  Title: item.title,
  Description: item.description,
  Source: item.source,
  ...(item.category === undefined ? {} : { Category: item.category }),
  ...(item.severity === undefined ? {} : { Severity: String(item.severity) }),
  ...(item.priority === undefined ? {} : { Priority: item.priority }),
  OperationalData: dataOf(item),
});

const defaults = ({ rule, event }: Delivery): OpsItem => ({
  title: event['detail-type'],
  description: `CloudWatch Event Rule ${rule.name} was triggered. See operational data for more details.`,
  source: event.source,
  resources: event.resources,
});

function dataOf({
  resources = [],
  operationalData = {},
}: OpsItem): Record<string, OpsItemDataValue> {
  const given = Object.entries(operationalData).map(
    ([key, { type = 'String', value = '' }]) =>
      [key, { Type: type as 'String', Value: textOf(value) }] as const,
  );
  const Value = JSON.stringify(resources.map((arn) => ({ arn })));
  return {
    ...(resources.length > 0 ? { '/aws/resources': { Type: 'SearchableString', Value } } : {}),
    ...Object.fromEntries(given),
  };
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);
