import type { Resource, ResourceIndex } from '../changes/resource';
import { tagList } from '../tags';
import type { Properties, ProviderContext, ResourceProvider } from './provider';
import { factsOf } from './resource-types';

interface Asked {
  type: string;
  physicalId: string;
  /** As the stack has them: they tell where to look for what is part of another resource. */
  properties: Properties;
}

/** A resource's properties as they are now, tags among them; `undefined` when it is gone. */
export async function currentProperties(
  asked: Asked,
  provider: ResourceProvider | undefined,
  context: ProviderContext & { resources: ResourceIndex },
): Promise<Properties | undefined> {
  const { physicalId, properties } = asked;
  const found = provider?.read
    ? await provider.read(physicalId, properties, context)
    : inView(asked, context.resources);
  if (!found) return undefined;
  const unseen = (provider?.writeOnly ?? []).filter((name) => name in properties);
  return { ...found, ...Object.fromEntries(unseen.map((name) => [name, properties[name]])) };
}

function inView({ type, physicalId }: Asked, resources: ResourceIndex): Properties | undefined {
  const all = resources.ofType(type);
  // A security group without a VpcId goes by its name.
  const found = all.find(({ id }) => id === physicalId) ?? all.find(isNamed(physicalId));
  if (!found) return undefined;
  const { configuration, tags } = found;
  const name = factsOf(type)?.tags;
  if (name === undefined || name in configuration) return configuration;
  return { ...configuration, [name]: type === 'AWS::SSM::Parameter' ? tags : tagList(tags) };
}

const isNamed =
  (wanted: string) =>
  ({ type, name }: Resource): boolean =>
    type === 'AWS::EC2::SecurityGroup' && name === wanted;
