import type { RunbookStep } from './runbook';
import { select } from './selector';
import { table } from '../../../table';

const isList = Array.isArray;
const isMap = (value: unknown) => typeof value === 'object' && value !== null && !isList(value);

const types: Record<string, (value: unknown) => boolean> = table({
  String: (value) => typeof value === 'string' || typeof value === 'number',
  StringList: (value) => isList(value) && value.every((item) => typeof item === 'string'),
  Integer: (value) => Number.isInteger(value),
  Boolean: (value) => typeof value === 'boolean',
  StringMap: isMap,
  MapList: (value) => isList(value) && value.every(isMap),
});

/** The step's declared outputs; throws what the step's failure then says. */
export function selectOutputs(
  outputs: RunbookStep['outputs'],
  response: unknown,
): Record<string, unknown> {
  const selected = (outputs ?? []).map(({ Name, Selector, Type = 'String' }) => {
    const value = select(response, Selector);
    // The text is not verified.
    if (!types[Type]?.(value)) {
      throw new Error(`Output ${Name} with selector ${Selector} is not of type ${Type}`);
    }
    return [Name, value] as const;
  });
  return Object.fromEntries(selected);
}
