/** `{ Ref: AWS::NoValue }`: the property or item that holds it goes. */
export const noValue = Symbol('AWS::NoValue');

/** What the functions of a template may look at while it is evaluated. */
export interface Scope {
  /** A parameter or pseudo parameter; `undefined` when the name is neither. */
  parameter: (name: string) => unknown;
  /** Physical id of a resource, or Unknown. */
  reference: (logicalId: string) => unknown;
  attribute: (logicalId: string, name: string) => unknown;
  condition: (name: string) => boolean;
  mappings: Record<string, unknown>;
  importValue: (name: string) => unknown;
  zones: (region: string) => string[];
}

/** A scope inside a function, which evaluates its own arguments. */
export type FunctionScope = Scope & { evaluate: (node: unknown) => unknown };

export type TemplateFunction = (argument: unknown, scope: FunctionScope) => unknown;
