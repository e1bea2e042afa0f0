import { parseObject } from '../../json';
import { invalid } from './errors';
import type { Publication } from './publication';

/** The text for each protocol: with MessageStructure json each may have its own. */
export function readMessage(
  message: string,
  structure: string | undefined,
): Publication['messageFor'] {
  if (structure !== 'json') return () => message;
  const texts = parseObject(message);
  if (!texts) throw invalid('Message Structure - JSON message body failed to parse');
  const fallback = texts['default'];
  if (typeof fallback !== 'string')
    throw invalid('Message Structure - No default entry in JSON message body');
  return (protocol) => {
    const text = texts[protocol];
    return typeof text === 'string' ? text : fallback;
  };
}
