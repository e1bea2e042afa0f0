import { validationError } from '../errors';
import type { ParameterDeclaration } from './template';

/** Holds a value against AllowedValues, AllowedPattern, lengths and limits of its declaration. */
export function checkConstraints(
  key: string,
  declaration: ParameterDeclaration,
  value: string,
): void {
  for (const item of itemsOf(declaration, value)) {
    const broken = constraints.find(([isBroken]) => isBroken(declaration, item));
    if (!broken) continue;
    const description = declaration.ConstraintDescription;
    throw validationError(
      description
        ? `Parameter ${key} failed to satisfy constraint: ${description}`
        : `Parameter '${key}' ${broken[1](declaration)}`,
    );
  }
}

type Constraint = [
  isBroken: (declaration: ParameterDeclaration, value: string) => boolean,
  text: (declaration: ParameterDeclaration) => string,
];

const constraints: Constraint[] = [
  [
    ({ Type: type }, value) =>
      (type === 'Number' || type === 'List<Number>') &&
      (value.trim() === '' || Number.isNaN(Number(value))),
    () => 'must be a number.',
  ],
  [
    ({ AllowedValues: allowed }, value) =>
      allowed !== undefined && !allowed.map(String).includes(value),
    () => 'must be one of AllowedValues',
  ],
  [
    ({ AllowedPattern: pattern }, value) =>
      pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value),
    ({ AllowedPattern: pattern }) => `must match pattern ${pattern}`,
  ],
  [
    ({ MinLength: least }, value) => least !== undefined && value.length < Number(least),
    ({ MinLength: least }) => `must contain at least ${String(least)} characters`,
  ],
  [
    ({ MaxLength: most }, value) => most !== undefined && value.length > Number(most),
    ({ MaxLength: most }) => `must contain at most ${String(most)} characters`,
  ],
  [
    ({ MinValue: least }, value) => least !== undefined && Number(value) < Number(least),
    ({ MinValue: least }) => `must be a number not less than ${String(least)}`,
  ],
  [
    ({ MaxValue: most }, value) => most !== undefined && Number(value) > Number(most),
    ({ MaxValue: most }) => `must be a number not greater than ${String(most)}`,
  ],
];

const itemsOf = ({ Type: type }: ParameterDeclaration, value: string): string[] =>
  type === 'CommaDelimitedList' || type.startsWith('List<')
    ? value.split(',').map((item) => item.trim())
    : [value];
