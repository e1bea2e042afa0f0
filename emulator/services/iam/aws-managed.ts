import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ManagedPolicy } from './state';

interface Published {
  path: string;
  version: string;
  createdAt: string;
  updatedAt: string;
  document: unknown;
}

/**
 * Policies that AWS publishes, with its own text; ReadOnlyAccess, SecurityAudit and the policies
 * of service-linked roles keep only the actions of services that labs touch.
 */
export const awsManaged: ReadonlyMap<string, ManagedPolicy> = new Map(
  Object.entries(readPublished()).map(([name, policy]) => {
    const shown = toPolicy(name, policy);
    return [shown.arn, shown];
  }),
);

function readPublished(): Record<string, Published> {
  const text = readFileSync(join(__dirname, 'aws-managed-policies.json'), 'utf8');
  return JSON.parse(text) as Record<string, Published>;
}

function toPolicy(name: string, published: Published): ManagedPolicy {
  const { path, version, document } = published;
  const createdAt = new Date(published.createdAt);
  const updatedAt = new Date(published.updatedAt);
  return {
    arn: `arn:aws:iam::aws:policy${path}${name}`,
    name,
    id: `ANPA${Buffer.from(name).toString('hex').toUpperCase().padEnd(17, 'A').slice(0, 17)}`,
    path,
    tags: {},
    createdAt,
    updatedAt,
    defaultVersion: version,
    versions: [{ id: version, document: JSON.stringify(document), createdAt: updatedAt }],
    nextVersion: Number(version.slice(1)) + 1,
  };
}
