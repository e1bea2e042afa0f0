import { type Action, failed } from './action';
import { asText } from './interpolate';
import { table } from '../../../table';

type Choice = Record<string, unknown>;

const onText =
  (test: (value: string, wanted: string) => boolean) => (value: unknown, wanted: unknown) =>
    test(asText(value), asText(wanted));
const onNumbers =
  (test: (value: number, wanted: number) => boolean) => (value: unknown, wanted: unknown) =>
    test(Number(value), Number(wanted));

const operators: Record<string, (value: unknown, wanted: unknown) => boolean> = table({
  StringEquals: onText((value, wanted) => value === wanted),
  EqualsIgnoreCase: onText((value, wanted) => value.toLowerCase() === wanted.toLowerCase()),
  StartsWith: onText((value, wanted) => value.startsWith(wanted)),
  EndsWith: onText((value, wanted) => value.endsWith(wanted)),
  Contains: onText((value, wanted) => value.includes(wanted)),
  NumericEquals: onNumbers((value, wanted) => value === wanted),
  NumericGreater: onNumbers((value, wanted) => value > wanted),
  NumericLesser: onNumbers((value, wanted) => value < wanted),
  NumericGreaterOrEquals: onNumbers((value, wanted) => value >= wanted),
  NumericLesserOrEquals: onNumbers((value, wanted) => value <= wanted),
  BooleanEquals: onText((value, wanted) => value === wanted),
});

const choices = (value: unknown): Choice[] => [value].flat() as Choice[];

function holds(choice: Choice): boolean {
  if ('And' in choice) return choices(choice['And']).every(holds);
  if ('Or' in choice) return choices(choice['Or']).some(holds);
  if ('Not' in choice) return !choices(choice['Not']).some(holds);
  const { Variable, NextStep: _next, ...test } = choice;
  const [[name, wanted] = ['', undefined]] = Object.entries(test);
  const operator = operators[name];
  if (!operator) throw new Error(`Operator ${name} of aws:branch is not supported`);
  return operator(Variable, wanted);
}

/** `aws:branch`: jumps to the first choice that holds, else to the default, else goes on. */
export const branch: Action = ({ inputs }) => {
  try {
    const chosen = choices(inputs['Choices'] ?? []).find(holds)?.['NextStep'];
    const nextStep = chosen ?? inputs['Default'];
    return typeof nextStep === 'string' ? { status: 'Success', nextStep } : { status: 'Success' };
  } catch (error) {
    return failed((error as Error).message);
  }
};
