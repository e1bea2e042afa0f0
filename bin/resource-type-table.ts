import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ResourceTypeFacts } from '../emulator/cloudformation/resource-types';

const services = join(__dirname, '../emulator/services');

/** Every type that some emulated service provides, sorted. */
export function emulatedTypes(): string[] {
  return readdirSync(services)
    .map((name) => join(services, name, 'resources.ts'))
    .filter((file) => existsSync(file))
    .flatMap((file) => Object.keys((require(file) as { default: object }).default))
    .toSorted();
}

/** What AWS's own schemas say of each type; loading them takes half a second and 140 MB. */
export async function resourceTypeTable(
  types: string[],
): Promise<Record<string, ResourceTypeFacts>> {
  const database = await loadAwsServiceSpec();
  return Object.fromEntries(
    types.map((type) => {
      const [resource] = database.lookup('resource', 'cloudFormationType', 'equals', type);
      if (!resource) throw new Error(`AWS's schemas do not know the resource type ${type}`);
      return [type, factsFrom(resource, (id) => database.get('typeDefinition', id))];
    }),
  );
}

interface PropertyType {
  type: string;
  element?: PropertyType;
  types?: PropertyType[];
  reference?: { $ref: string };
}

interface Members {
  properties: Record<
    string,
    { type: PropertyType; causesReplacement?: 'yes' | 'no' | 'maybe' | undefined }
  >;
}

interface Schema extends Members {
  attributes: Record<string, unknown>;
  primaryIdentifier?: string[];
  tagInformation?: { tagPropertyName: string };
}

type Definitions = (id: string) => Members;

function factsFrom(schema: Schema, definitions: Definitions): ResourceTypeFacts {
  const replacedBy = (answer: 'yes' | 'maybe') =>
    Object.entries(schema.properties)
      .filter(([, property]) => property.causesReplacement === answer)
      .map(([name]) => name)
      .toSorted();
  return {
    createOnly: replacedBy('yes'),
    conditionalCreateOnly: replacedBy('maybe'),
    primaryIdentifier: schema.primaryIdentifier ?? [],
    readOnly: Object.keys(schema.attributes).toSorted(),
    ...(schema.tagInformation ? { tags: schema.tagInformation.tagPropertyName } : {}),
    properties: [...new Set(pathsIn(schema, definitions))].toSorted(),
  };
}

/** Every property by path; a type within itself is followed once. */
const pathsIn = (
  { properties }: Members,
  definitions: Definitions,
  above: readonly string[] = [],
): string[] =>
  Object.entries(properties).flatMap(([name, { type }]) => [
    name,
    ...definitionsIn(type)
      .filter((id) => !above.includes(id))
      .flatMap((id) => pathsIn(definitions(id), definitions, [...above, id]))
      .map((path) => `${name}.${path}`),
  ]);

const definitionsIn = ({ reference, element, types = [] }: PropertyType): string[] => [
  ...(reference ? [reference.$ref] : []),
  ...[...types, ...(element ? [element] : [])].flatMap(definitionsIn),
];
