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
      return [type, factsFrom(resource)];
    }),
  );
}

interface Schema {
  properties: Record<string, { causesReplacement?: 'yes' | 'no' | 'maybe' | undefined }>;
  attributes: Record<string, unknown>;
  primaryIdentifier?: string[];
  tagInformation?: { tagPropertyName: string };
}

function factsFrom(schema: Schema): ResourceTypeFacts {
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
  };
}
