import { InsufficientCapabilitiesException } from '@aws-sdk/client-cloudformation';
import { validationError } from '../errors';
import { isRecord } from './template';
import { text } from './text';

/** The one transform that is applied here. */
export const languageExtensions = 'AWS::LanguageExtensions';

/** Names of the transforms that a template declares, from any of the forms it may do so in. */
export function transformNames(declared: unknown): string[] {
  const list: unknown[] = declared === undefined ? [] : [declared].flat();
  return list.map((each) => {
    const name = isRecord(each) ? each['Name'] : each;
    if (typeof name === 'string') return name;
    throw validationError('Key Name of transform definition must be a string.');
  });
}

/** Refuses every other transform by name; answers whether the language extensions are declared. */
export function checkTransforms(declared: unknown): boolean {
  const names = transformNames(declared);
  const other = names.find((name) => name !== languageExtensions);
  if (other !== undefined) throw validationError(`The transform ${text(other)} is not emulated`);
  return names.length > 0;
}

/** A template that is deployed as expanded, unseen, asks for CAPABILITY_AUTO_EXPAND. */
export function checkAutoExpand(transforms: string[], acknowledged: string[]): void {
  if (transforms.length === 0 || acknowledged.includes('CAPABILITY_AUTO_EXPAND')) return;
  const message = 'Requires capabilities : [CAPABILITY_AUTO_EXPAND]';
  throw new InsufficientCapabilitiesException({ Message: message, message, $metadata: {} });
}
