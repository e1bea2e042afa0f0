import { parseArn } from '../../arn';
import { invalid } from './errors';
import type { LambdaCall, LayerVersion } from './state';

/** The layer version of an ARN, in whatever account and Region it names. */
export function findLayerVersion(arn: string, call: LambdaCall): LayerVersion | undefined {
  const { region = '', accountId = '', resource = '' } = parseArn(arn) ?? {};
  const [kind, name = '', version] = resource.split(':');
  if (kind !== 'layer') return undefined;
  return call.stateOf(accountId, region).layers.get(name)?.versions.get(Number(version));
}

export function checkLayers(arns: string[], call: LambdaCall): void {
  for (const arn of arns) {
    const found = findLayerVersion(arn, call);
    if (!found || found.isDeleted) throw invalid(`Layer version ${arn} does not exist.`);
  }
}
