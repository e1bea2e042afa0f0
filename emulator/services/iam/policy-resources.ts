import type { IAM } from '@aws-sdk/client-iam';
import type { Properties, ResourceProvider } from '../../cloudformation/provider';
import { heldPolicy } from '../../cloudformation/policy-holders';
import { unlessGone } from '../../cloudformation/unless-gone';
import {
  found,
  goneErrors,
  groupOperations,
  type HolderOperations,
  roleOperations,
  userOperations,
} from './holder-operations';
import { document, text, texts } from './resource-properties';

interface Holder {
  name: string;
  operations: HolderOperations;
}

/** The properties that name a policy's holders, and what is done with those. */
export const kinds = [
  ['Roles', roleOperations],
  ['Users', userOperations],
  ['Groups', groupOperations],
] as const;

/** The roles, users and groups that a policy's properties name, by kind and name. */
const holdersIn = (iam: IAM, properties: Properties): Map<string, Holder> =>
  new Map(
    kinds.flatMap(([kind, operations]) =>
      texts(properties, kind).map((name) => [
        `${kind}/${name}`,
        { name, operations: operations(iam) },
      ]),
    ),
  );

/** AWS::IAM::Policy: one inline policy in several roles, users and groups. */
export const inlinePolicy: ResourceProvider = {
  properties: ['Groups', 'PolicyDocument', 'PolicyName', 'Roles', 'Users'],

  async create(properties, context) {
    const iam = context.client<IAM>('iam');
    await putInto(holdersIn(iam, properties), properties);
    const physicalId = context.physicalName(128);
    return { physicalId, attributes: { Id: physicalId } };
  },

  async update(physicalId, { properties, previous }, context) {
    const iam = context.client<IAM>('iam');
    const after = holdersIn(iam, properties);
    const renamed = text(previous, 'PolicyName') !== text(properties, 'PolicyName');
    await putInto(after, properties);
    const left = [...holdersIn(iam, previous)].filter(([key]) => renamed || !after.has(key));
    await removeFrom(new Map(left), previous);
    return { physicalId, attributes: { Id: physicalId } };
  },

  async delete(_physicalId, properties, context) {
    await removeFrom(holdersIn(context.client<IAM>('iam'), properties), properties);
  },

  async read(_physicalId, properties, context) {
    const PolicyName = text(properties, 'PolicyName') ?? '';
    const documents: [string, string | undefined][] = [];
    for (const [key, { name, operations }] of holdersIn(context.client<IAM>('iam'), properties)) {
      const policy = await found(() => operations.get(name, PolicyName));
      documents.push([key, policy && decodeURIComponent(policy.PolicyDocument ?? '')]);
    }
    const held = heldPolicy(properties['PolicyDocument'], documents);
    return held && { PolicyName, PolicyDocument: held.document, ...byKind(held.holders) };
  },
};

/** `Roles/deployer` and the like as the properties that name them. */
const byKind = (keys: string[]): Properties =>
  Object.fromEntries(
    kinds.flatMap(([kind]) => {
      const prefix = `${kind}/`;
      const names = keys.filter((key) => key.startsWith(prefix));
      return names.length > 0 ? [[kind, names.map((key) => key.slice(prefix.length))]] : [];
    }),
  );

async function putInto(holders: Map<string, Holder>, properties: Properties): Promise<void> {
  const policy = text(properties, 'PolicyName') ?? '';
  for (const { name, operations } of holders.values())
    await operations.put(name, policy, document(properties['PolicyDocument']));
}

async function removeFrom(holders: Map<string, Holder>, properties: Properties): Promise<void> {
  const policy = text(properties, 'PolicyName') ?? '';
  for (const { name, operations } of holders.values())
    await unlessGone(goneErrors, () => operations.remove(name, policy));
}
