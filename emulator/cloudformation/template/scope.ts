/** `{ Ref: AWS::NoValue }`: the property or item that holds it goes. */
export const noValue = Symbol('AWS::NoValue');

/** One thing that a parameter of an AWS-specific type names. */
export interface ParameterFact {
  value: string;
  /** What Fn::ValueOf can ask of it: `VpcId`, `Tags.Name`, … */
  attributes: Record<string, string>;
}

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
  /** Names of the parameters of an AWS-specific type, lists of it included. */
  parametersOf: (type: string) => string[];
  /** What a parameter of an AWS-specific type names. */
  factsOf: (parameter: string) => ParameterFact[];
}

/** A scope inside a function, which evaluates its own arguments. */
export type FunctionScope = Scope & { evaluate: (node: unknown) => unknown };

export type TemplateFunction = (argument: unknown, scope: FunctionScope) => unknown;
