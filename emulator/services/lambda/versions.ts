import { isDeepStrictEqual } from 'node:util';
import type { PublishVersionRequest } from '@aws-sdk/client-lambda';
import { paginate } from '../../paginate';
import { shownConfiguration } from './configuration';
import { invalid } from './errors';
import { checkRevision, findFunction, functionArn } from './find-function';
import type { LambdaCall, LambdaFunction, LambdaHandlers, Version } from './state';

export const versions = {
  PublishVersion(input, call) {
    const { fn, reference } = findFunction(input, call);
    checkRevision(input.RevisionId, fn.latest);
    const { sha256 } = fn.latest.settings.code;
    if (input.CodeSha256 !== undefined && input.CodeSha256 !== '' && input.CodeSha256 !== sha256)
      throw invalid(
        `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${sha256}). Please try again with the CodeSHA256 in $LATEST.`,
      );
    const version = publish(fn, input, call);
    return shownConfiguration({ fn, reference, qualifier: version.version }, version, call);
  },

  ListVersionsByFunction(input, call) {
    const { fn, reference } = findFunction(input, call);
    const all = [fn.latest, ...fn.versions.values()].map((version) =>
      shownConfiguration({ fn, reference, qualifier: version.version }, version, call),
    );
    const { page, next } = paginate(all, input.Marker, Math.min(input.MaxItems ?? 50, 50));
    return { Versions: page, ...(next === undefined ? {} : { NextMarker: next }) };
  },
} satisfies LambdaHandlers;

/** Freezes `$LATEST`; nothing new is published when nothing changed since the last time. */
export function publish(
  fn: LambdaFunction,
  { Description }: Pick<PublishVersionRequest, 'Description'>,
  call: LambdaCall,
): Version {
  const newest = [...fn.versions.values()].at(-1);
  if (newest && isSame(newest, fn.latest)) return newest;
  fn.published += 1;
  const { settings } = fn.latest;
  const version: Version = {
    version: String(fn.published),
    settings: { ...settings, description: Description ?? settings.description },
    revisionId: call.random.uuid(),
    modifiedAt: call.now(),
  };
  fn.versions.set(version.version, version);
  const id = functionArn(fn.name, call, version.version);
  call.announce({ kind: 'CREATE', type: 'AWS::Lambda::Version', id });
  return version;
}

/** A description belongs to the version and is no change of the function. */
const isSame = (version: Version, latest: Version): boolean =>
  isDeepStrictEqual(
    { ...version.settings, description: '' },
    { ...latest.settings, description: '' },
  );
