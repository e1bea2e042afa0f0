/** A template with the short forms of YAML written out and every section present. */
export interface Template {
  Description?: string;
  /** Names of the transforms that are declared. */
  Transform: string[];
  Metadata: Record<string, unknown>;
  Parameters: Record<string, ParameterDeclaration>;
  Mappings: Record<string, unknown>;
  Conditions: Record<string, unknown>;
  Rules: Record<string, RuleDeclaration>;
  Resources: Record<string, ResourceDeclaration>;
  Outputs: Record<string, OutputDeclaration>;
}

export interface ParameterDeclaration {
  Type: string;
  Default?: unknown;
  NoEcho?: unknown;
  Description?: string;
  AllowedValues?: unknown[];
  AllowedPattern?: string;
  ConstraintDescription?: string;
  MinLength?: unknown;
  MaxLength?: unknown;
  MinValue?: unknown;
  MaxValue?: unknown;
}

interface RuleDeclaration {
  RuleCondition?: unknown;
  Assertions?: { Assert: unknown; AssertDescription?: string }[];
}

export interface ResourceDeclaration {
  Type: string;
  Properties?: Record<string, unknown>;
  DependsOn?: string | string[];
  Condition?: string;
  DeletionPolicy?: unknown;
  UpdateReplacePolicy?: unknown;
  Metadata?: unknown;
  CreationPolicy?: unknown;
  UpdatePolicy?: unknown;
}

interface OutputDeclaration {
  Value: unknown;
  Description?: string;
  Condition?: string;
  Export?: { Name: unknown };
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a key is a loop of the language extensions, `Fn::ForEach::Topics`. */
export const isLoop = (key: string): boolean => key.startsWith('Fn::ForEach::');

/** The one intrinsic that an object is, `['Fn::Join', argument]`; nothing for ordinary objects. */
export function intrinsicOf(node: unknown): [name: string, argument: unknown] | undefined {
  if (!isRecord(node)) return undefined;
  const [entry, ...more] = Object.entries(node);
  if (!entry || more.length > 0) return undefined;
  const [name] = entry;
  return name === 'Ref' || (name.startsWith('Fn::') && !isLoop(name)) ? entry : undefined;
}
