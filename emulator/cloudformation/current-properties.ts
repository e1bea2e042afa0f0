import type { ResourceIndex } from '../changes/resource';
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
  { type, physicalId, properties }: Asked,
  provider: ResourceProvider | undefined,
  context: ProviderContext & { resources: ResourceIndex },
): Promise<Properties | undefined> {
  if (provider?.read) return provider.read(physicalId, properties, context);
  const found = context.resources.ofType(type).find(({ id }) => id === physicalId);
  if (!found) return undefined;
  const { configuration, tags } = found;
  const name = factsOf(type)?.tags;
  if (name === undefined || name in configuration) return configuration;
  return { ...configuration, [name]: type === 'AWS::SSM::Parameter' ? tags : tagList(tags) };
}
