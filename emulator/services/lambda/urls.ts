import { type Cors, FunctionUrlAuthType, InvokeMode } from '@aws-sdk/client-lambda';
import { paginate } from '../../paginate';
import { checkOneOf, conflict, constraint, invalid, noSuchResource } from './errors';
import { arnOf, findFunction, type Found } from './find-function';
import type { LambdaCall, LambdaHandlers, UrlConfig } from './state';

interface Wanted {
  AuthType?: FunctionUrlAuthType | undefined;
  Cors?: Cors | undefined;
  InvokeMode?: InvokeMode | undefined;
}

/** Function URLs, one for a function or an alias. */
export const urls = {
  CreateFunctionUrlConfig(input, call) {
    const found = qualified(findFunction(input, call));
    if (found.fn.urls.has(found.key))
      throw conflict(
        `Failed to create function url config for [functionArn = ${arnOf(found.reference)}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
      );
    check(input);
    const now = call.now();
    const url: UrlConfig = {
      id: call.random.upper(32).toLowerCase(),
      authType: input.AuthType ?? 'NONE',
      cors: corsOf(input),
      invokeMode: 'BUFFERED',
      createdAt: now,
      modifiedAt: now,
    };
    found.fn.urls.set(found.key, url);
    return shown(found, url, call);
  },

  GetFunctionUrlConfig(input, call) {
    const found = qualified(findFunction(input, call));
    return shown(found, existing(found), call);
  },

  UpdateFunctionUrlConfig(input, call) {
    const found = qualified(findFunction(input, call));
    const before = existing(found);
    check(input);
    const url: UrlConfig = {
      ...before,
      authType: input.AuthType ?? before.authType,
      cors: input.Cors ? corsOf(input) : before.cors,
      modifiedAt: call.now(),
    };
    found.fn.urls.set(found.key, url);
    return shown(found, url, call);
  },

  DeleteFunctionUrlConfig(input, call) {
    const found = qualified(findFunction(input, call));
    existing(found);
    found.fn.urls.delete(found.key);
  },

  ListFunctionUrlConfigs(input, call) {
    const found = findFunction(input, call);
    const all = [...found.fn.urls].map(([key, url]) => {
      const qualifier = key === '' ? undefined : key;
      return shown({ ...found, reference: { ...found.reference, qualifier } }, url, call);
    });
    const { page, next } = paginate(all, input.Marker, Math.min(input.MaxItems ?? 50, 50));
    return { FunctionUrlConfigs: page, ...(next === undefined ? {} : { NextMarker: next }) };
  },
} satisfies LambdaHandlers;

export const urlPrefix = '/lambda-url/';

/** AWS has a host for each; here the path tells Region, account and which one. */
const addressOf = ({ id }: UrlConfig, { endpoint, region, accountId }: LambdaCall): string =>
  `${endpoint}${urlPrefix}${region}/${accountId}/${id}/`;

/** Aliases have URLs; versions have none. */
function qualified(found: Found): Found & { key: string } {
  const { fn, qualifier } = found;
  if (qualifier !== undefined && /^(\d+|\$LATEST)$/.test(qualifier))
    throw constraint(
      'qualifier',
      qualifier,
      String.raw`Member must satisfy regular expression pattern: ((?!^\d+$)^[0-9a-zA-Z-_]+$)`,
    );
  if (qualifier !== undefined && !fn.aliases.has(qualifier)) throw noSuchResource();
  return { ...found, key: qualifier ?? '' };
}

function existing({ fn, key }: Found & { key: string }): UrlConfig {
  const url = fn.urls.get(key);
  if (!url) throw noSuchResource();
  return url;
}

function check({ AuthType: type, InvokeMode: mode }: Wanted): void {
  checkOneOf('authType', type, FunctionUrlAuthType);
  checkOneOf('invokeMode', mode, InvokeMode);
  if (mode === 'RESPONSE_STREAM') throw invalid('InvokeMode RESPONSE_STREAM is not emulated.');
}

const corsOf = ({ Cors: cors }: Wanted): Record<string, unknown> | undefined =>
  cors && Object.keys(cors).length > 0 ? { ...cors } : undefined;

const shown = ({ reference }: Pick<Found, 'reference'>, url: UrlConfig, call: LambdaCall) => ({
  FunctionUrl: addressOf(url, call),
  FunctionArn: arnOf(reference),
  AuthType: url.authType,
  ...(url.cors === undefined ? {} : { Cors: url.cors }),
  CreationTime: url.createdAt.toISOString(),
  LastModifiedTime: url.modifiedAt.toISOString(),
  InvokeMode: url.invokeMode,
});
