import type { LaunchData, Metadata } from './instance';

const defaults: Metadata = {
  HttpTokens: 'optional',
  HttpEndpoint: 'enabled',
  HttpPutResponseHopLimit: 1,
  HttpProtocolIpv6: 'disabled',
  InstanceMetadataTags: 'disabled',
};

/** Metadata options of an instance: what is given, over what was or AWS's defaults. */
export function metadataOf(
  given: LaunchData['MetadataOptions'] = {},
  before: Metadata = defaults,
): Metadata {
  const set = Object.entries(given).filter(
    ([name, value]) => value !== undefined && name in defaults,
  );
  return { ...before, ...Object.fromEntries(set) };
}
