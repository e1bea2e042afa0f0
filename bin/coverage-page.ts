import type { ResourceProvider } from '../emulator/cloudformation/provider';
import type { ResourceTypeFacts } from '../emulator/cloudformation/resource-types';
import { Services } from '../emulator/services';

type Table = Record<string, ResourceTypeFacts>;

/** The page `docs/coverage.md`, from what the services handle and the resource types honour. */
export function coveragePage(table: Table): string {
  const services = new Services();
  const names = services.cards.map(({ name }) => name).toSorted();
  return [
    '# Coverage',
    'What the emulator does of each service. `npm run generate` writes this page; a test keeps it fresh. What is not named here is refused by name, never left out in silence.',
    '## Services',
    tableOf([
      ['service', 'operations', 'handled', 'not emulated', 'resource types'],
      ...names.map((name) => countsOf(name, services)),
    ]),
    '## Operations',
    'An operation is _emulated_ when it does what AWS does, _stored_ when it keeps a setting that changes nothing else here, and _refused_ by name when it is neither.',
    ...names.flatMap((name) => operationsOf(name, services)),
    '## Resource types',
    'A property is _emulated_ when it takes effect, _stored_ when it is kept and shown and changes nothing else, and _refused_ when a stack that sets it fails and names it. CloudFormation itself provides nested stacks, custom resources, wait conditions and the CDK’s metadata besides.',
    ...Object.keys(table).flatMap((type) => sectionOf(type, services.providerOf(type), table)),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

const handledBy = (name: string, services: Services): string[] =>
  Object.keys(services.load(name)?.definition.handlers ?? {}).toSorted();

function operationsOf(name: string, services: Services): string[] {
  const { definition, model } = services.load(name) ?? {};
  const handled = handledBy(name, services);
  const stored = definition?.stored ?? [];
  const refused = [...(model?.operations.keys() ?? [])].filter((each) => !handled.includes(each));
  return [
    `### ${name}`,
    lines({
      Emulated: handled.filter((each) => !stored.includes(each)),
      Stored: [...stored],
      Refused: refused,
    }),
  ];
}

function lines(groups: Record<string, readonly string[]>): string {
  return Object.entries(groups)
    .filter(([, names]) => names.length > 0)
    .map(([title, names]) => `- ${title}: ${listed([...names].toSorted())}`)
    .join('\n');
}

function countsOf(name: string, services: Services): string[] {
  const all = services.load(name)?.model.operations.size ?? 0;
  const handled = handledBy(name, services).length;
  const prefixes = services.cards.find((card) => card.name === name)?.cloudformation ?? [];
  const types = services
    .resourceTypes()
    .filter((type) => prefixes.some((prefix) => type.startsWith(`${prefix}::`)));
  return [name, ...[all, handled, all - handled, types.length].map(String)];
}

function sectionOf(
  type: string,
  { properties = [], stored = [] }: Partial<ResourceProvider> = {},
  table: Table,
): string[] {
  const refused = refusedOf(table[type]?.properties ?? [], [...properties, ...stored]);
  return [`### ${type}`, lines({ Emulated: properties, Stored: stored, Refused: refused })];
}

/** What is refused, without the members of what is refused itself. */
function refusedOf(all: readonly string[], honoured: readonly string[]): string[] {
  const covered = (path: string) =>
    honoured.some(
      (one) => one === path || one.startsWith(`${path}.`) || path.startsWith(`${one}.`),
    );
  const refused = all.filter((path) => !covered(path));
  return refused.filter((path) => !refused.some((other) => path.startsWith(`${other}.`)));
}

const listed = (names: string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** In columns as wide as their widest cell, as Prettier would write it. */
function tableOf([head = [], ...rows]: string[][]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
