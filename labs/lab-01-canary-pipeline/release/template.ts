import { type CollectionTag, parse, type ScalarTag, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Account } from '../../../checker/account';
import { everyPage } from '../../../checker/pages';

/** A resource of a template, as far as the lab reads it. */
interface Declared {
  Type: string;
  Properties?: Record<string, unknown>;
  UpdatePolicy?: { CodeDeployLambdaAliasUpdate?: Record<string, unknown> };
}

/** A deployed stack: its template, and what its names stand for. */
export interface Deployed {
  declared: Record<string, Declared>;
  /** Physical ids by logical ids. */
  physical: Map<string, string>;
  /** What a value of the template comes to: a text, a reference, or a text of references. */
  textOf: (value: unknown) => string | undefined;
}

/** Reads a stack's template and resources; undefined when there is no such stack. */
export async function readStack(
  { cloudformation, accountId, region }: Account,
  StackName: string,
): Promise<Deployed | undefined> {
  const stack = await cloudformation
    .describeStacks({ StackName })
    .then(({ Stacks }) => Stacks?.[0], unlessMissing);
  if (!stack) return undefined;
  const [{ TemplateBody = '' }, pages] = await Promise.all([
    cloudformation.getTemplate({ StackName, TemplateStage: 'Processed' }),
    everyPage(
      (NextToken) => cloudformation.listStackResources({ StackName, NextToken }),
      ({ NextToken }) => NextToken,
    ),
  ]);
  const resources = pages.flatMap(({ StackResourceSummaries = [] }) => StackResourceSummaries);
  const physical = new Map(
    resources.map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [
      LogicalResourceId,
      PhysicalResourceId,
    ]),
  );
  const parameters = (stack.Parameters ?? []).map(
    ({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue] as const,
  );
  const names = new Map([
    ...physical,
    ...parameters,
    ['AWS::StackName', StackName] as const,
    ['AWS::Region', region] as const,
    ['AWS::AccountId', accountId] as const,
  ]);
  const { Resources = {} } = parsed(TemplateBody);
  return { declared: Resources, physical, textOf: (value) => textOf(value, names) };
}

// --- internal ---

const unlessMissing = (error: Error): undefined => {
  if (!error.message.includes('does not exist')) throw error;
};

const parsed = (template: string): { Resources?: Record<string, Declared> } =>
  parse(template, { customTags: tags, logLevel: 'silent' }) as {
    Resources?: Record<string, Declared>;
  };

const functions =
  'Ref Condition And Base64 Cidr Equals FindInMap GetAtt GetAZs If ImportValue Join Not Or Select Split Sub Transform'.split(
    ' ',
  );

/** `!Ref X` is short for `{ "Ref": "X" }`, `!Sub X` for `{ "Fn::Sub": "X" }`. */
const tags: (ScalarTag | CollectionTag)[] = functions.flatMap((name) => {
  const long = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
  return [
    { tag: `!${name}`, resolve: (text: string) => ({ [long]: text }) },
    {
      tag: `!${name}`,
      collection: 'seq' as const,
      resolve: (node: unknown) => ({ [long]: (node as YAMLSeq).toJSON() as unknown }),
    },
    {
      tag: `!${name}`,
      collection: 'map' as const,
      resolve: (node: unknown) => ({ [long]: (node as YAMLMap).toJSON() as unknown }),
    },
  ];
});

function textOf(value: unknown, names: Map<string, string>): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const [name = '', argument] = Object.entries(value)[0] ?? [];
  return meanings[name]?.(argument, names);
}

const meanings: Record<
  string,
  (argument: unknown, names: Map<string, string>) => string | undefined
> = {
  Ref: (argument, names) => names.get(String(argument)),
  'Fn::Sub': (argument, names) =>
    typeof argument === 'string' ? filled(argument, names) : undefined,
  // An attribute of a resource belongs to it: its id tells which one it is.
  'Fn::GetAtt': (argument, names) => names.get(String([argument].flat()[0]).split('.')[0] ?? ''),
};

const filled = (text: string, names: Map<string, string>): string =>
  text.replaceAll(/\$\{([^!}]+)\}/g, (all, name: string) => names.get(name) ?? all);
