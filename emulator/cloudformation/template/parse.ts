import {
  type CollectionTag,
  parseDocument,
  type ScalarTag,
  type Tags,
  visit,
  YAMLMap,
  YAMLSeq,
} from 'yaml';
import { formatError, templateError, validationError } from '../errors';
import { checkStructure } from './structure';
import { isRecord, type Template } from './template';
import { transformNames } from './transforms';

/** Reads a template in JSON or YAML; what is malformed is refused in CloudFormation's words. */
export function parseTemplate(body: string): Template {
  const parsed = body.trimStart().startsWith('{') ? parseJson(body) : parseYaml(body);
  if (!isRecord(parsed)) throw formatError('unsupported structure.');
  return withSections(checkStructure(parsed));
}

function withSections(parsed: Record<string, unknown>): Template {
  return {
    ...(typeof parsed['Description'] === 'string' ? { Description: parsed['Description'] } : {}),
    Transform: transformNames(parsed['Transform']),
    Metadata: section(parsed, 'Metadata'),
    Parameters: section(parsed, 'Parameters') as unknown as Template['Parameters'],
    Mappings: section(parsed, 'Mappings'),
    Conditions: section(parsed, 'Conditions'),
    Rules: section(parsed, 'Rules') as unknown as Template['Rules'],
    Resources: section(parsed, 'Resources') as unknown as Template['Resources'],
    Outputs: section(parsed, 'Outputs') as unknown as Template['Outputs'],
  };
}

function section(parsed: Record<string, unknown>, name: string): Record<string, unknown> {
  const found = parsed[name];
  if (found === undefined) return {};
  if (!isRecord(found)) throw validationError(`Invalid template property or properties [${name}]`);
  return found;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    const position = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const before = body.slice(0, position === undefined ? body.length : Number(position));
    const lines = before.split('\n');
    const column = (lines.at(-1) ?? '').length + 1;
    throw formatError(`JSON not well-formed. (line ${lines.length}, column ${column})`);
  }
}

function parseYaml(body: string): unknown {
  const document = parseDocument(body, { version: '1.1', customTags: tagsOf, logLevel: 'silent' });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) {
    const at = problem.linePos?.[0];
    throw formatError(`YAML not well-formed. (line ${at?.line ?? 1}, column ${at?.col ?? 1})`);
  }
  visit(document, {
    Alias() {
      throw templateError('YAML aliases are not allowed in CloudFormation templates');
    },
  });
  return document.toJS();
}

/** YAML 1.1 as CloudFormation reads it: `yes` is true and 0755 is octal, but dates are texts. */
const tagsOf = (tags: Tags): Tags => [
  ...texts,
  ...tags.filter((tag) => typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:timestamp'),
  ...shortForms,
];

// A number with a leading zero that is not octal is a text, and so are single letters.
const texts = [/^[-+]?0[0-9_]*[89][0-9_]*$/, /^[yYnN]$/].map((test): ScalarTag => ({
  tag: 'tag:yaml.org,2002:str',
  default: true,
  test,
  resolve: (value) => value,
}));

const functionNames = (
  'And Base64 Cidr Equals FindInMap ForEach GetAZs If ImportValue Join Length Not Or Select Split ' +
  'Sub ToJsonString Transform Contains EachMemberEquals EachMemberIn RefAll ValueOf ValueOfAll'
).split(' ');

type ShortForm = [tag: string, name: string, read?: (value: unknown) => unknown];

const forms: ShortForm[] = [
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ['!GetAtt', 'Fn::GetAtt', splitAttribute],
  ...functionNames.map((name): ShortForm => [`!${name}`, `Fn::${name}`]),
];

const shortForms = forms.flatMap(([tag, name, read = (value: unknown) => value]) => [
  { tag, resolve: (value: string) => ({ [name]: read(value) }) } satisfies ScalarTag,
  collectionForm(tag, name, 'seq'),
  collectionForm(tag, name, 'map'),
]);

/** Keeps the tagged node as the only value of a map, so that short forms inside it still resolve. */
function collectionForm(tag: string, name: string, collection: 'seq' | 'map'): CollectionTag {
  return {
    tag,
    collection,
    resolve(node) {
      const inner = node instanceof YAMLSeq ? new YAMLSeq() : new YAMLMap();
      inner.items.push(...(node.items as never[]));
      const wrapped = new YAMLMap();
      wrapped.set(name, inner);
      return wrapped;
    },
  };
}

function splitAttribute(value: unknown): unknown {
  const text = String(value);
  const dot = text.indexOf('.');
  return dot < 0 ? text : [text.slice(0, dot), text.slice(dot + 1)];
}
