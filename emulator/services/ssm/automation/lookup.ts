import type { Call } from '../../../call';
import type { Execution, SsmState } from '../state';
import { asText, type Lookup } from './interpolate';
import type { Runbook } from './runbook';
import { table } from '../../../table';

const two = (number: number) => String(number).padStart(2, '0');

/** The names that every runbook knows, and that a script gets as its context. */
export function globals(call: Call<SsmState>, execution: Execution): Record<string, unknown> {
  const now = call.now();
  const date = now.toISOString().slice(0, 10);
  const time = [now.getUTCHours(), now.getUTCMinutes(), now.getUTCSeconds()].map(two).join('.');
  return {
    'global:DATE': date,
    'global:DATE_TIME': `${date}_${time}`,
    'global:REGION': call.region,
    'global:ACCOUNT_ID': call.accountId,
    'automation:EXECUTION_ID': execution.id,
  };
}

const readers: Record<string, (values: string[]) => unknown> = table({
  StringList: (values) => values,
  Boolean: ([value]) => value?.toLowerCase() === 'true',
  Integer: ([value]) => Number(value),
  StringMap: ([value = '{}']) => JSON.parse(value),
  MapList: (values) => values.map((value) => JSON.parse(value) as unknown),
});

/** A parameter's values, which the API carries as strings, in the type that the runbook declares. */
function typedParameter(type: string, values: string[]): unknown {
  const read = readers[type.startsWith('List<') ? 'StringList' : type];
  return read ? read(values) : values[0];
}

/** A default as the list of strings that callers would have sent. */
export const defaultValues = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(asText) : [asText(value)];

function outputOf({ steps }: Execution, reference: string): unknown {
  const [name, ...output] = reference.split('.');
  return steps.find((record) => record.name === name)?.outputs[output.join('.')];
}

/** What `{{ }}` may refer to: parameters, outputs of earlier steps, global and automation names. */
export function lookupIn(execution: Execution, runbook: Runbook, call: Call<SsmState>): Lookup {
  const known = globals(call, execution);
  const declared = runbook.parameters ?? {};
  return (reference) => {
    if (reference in known) return known[reference];
    if (reference.includes('.')) return outputOf(execution, reference);
    const values = execution.parameters[reference];
    return values && typedParameter(declared[reference]?.type ?? 'String', values);
  };
}
