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
  checkDifferent(arns);
  for (const arn of arns) {
    const { region } = parseArn(arn) ?? {};
    if (region !== call.region)
      throw invalid(
        `Layers are not in the same region as the function. Layers are expected to be in region ${call.region}.`,
      );
    const found = findLayerVersion(arn, call);
    if (!found || found.isDeleted) throw invalid(`Layer version ${arn} does not exist.`);
  }
}

function checkDifferent(arns: string[]): void {
  const layerOf = (arn: string) => arn.slice(0, arn.lastIndexOf(':'));
  for (const [index, arn] of arns.entries()) {
    const first = arns.slice(0, index).find((other) => layerOf(other) === layerOf(arn));
    if (first !== undefined)
      throw invalid(
        `Two different versions of the same layer are not allowed to be referenced in the same function. ${first} and ${arn} are versions of the same layer.`,
      );
  }
}
