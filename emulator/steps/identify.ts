import { awsError } from '../errors';
import type { Core } from '../core';
import type { ServiceCard } from '../services';
import type { WireRequest } from '../wire';
import type { Exchange } from './exchange';

/** SigV4's credential scope, from the Authorization header or a presigned URL. */
export interface Scope {
  accessKeyId: string;
  region: string;
  signingName: string;
}

/** Which service a request is for: by SigV4 scope, else by target header, else S3 (anonymous). */
export function identifyService(exchange: Exchange, core: Core): void {
  if (exchange.service) return;
  const scope = scopeOf(exchange.request);
  exchange.region = scope && scope.region !== 'aws-global' ? scope.region : 'us-east-1';
  const card = cardOf(exchange.request, scope, core);
  const service = core.services.load(card.name);
  if (service) exchange.service = service;
}

function cardOf(request: WireRequest, scope: Scope | undefined, core: Core): ServiceCard {
  const signingName = scope ? scope.signingName : 's3';
  const signed = core.services.bySigningName(signingName);
  const targeted = targetOf(request, core);
  if (targeted && scope && signed !== targeted) throw wrongScope(targeted.signingName);
  const card = targeted ?? signed;
  if (!card) throw awsError('NotEmulated', `${signingName} is not emulated`);
  return card;
}

function targetOf({ headers }: WireRequest, core: Core): ServiceCard | undefined {
  const target = headers['x-amz-target'];
  return target === undefined ? undefined : core.services.byTarget(target.split('.')[0] ?? '');
}

const wrongScope = (signingName: string) =>
  awsError(
    'InvalidSignatureException',
    `Credential should be scoped to correct service: '${signingName}'. `,
    { status: 403 },
  );

/** Reads the scope; a header that is there but unreadable is AWS's IncompleteSignature. */
export function scopeOf(request: WireRequest): Scope | undefined {
  const header = request.headers['authorization'];
  if (header !== undefined) {
    const match = /Credential=([^/\s,]+)\/\d{8}\/([^/\s,]+)\/([^/\s,]+)\/aws4_request/.exec(header);
    if (!match) {
      throw awsError(
        'IncompleteSignature',
        `Authorization header requires 'Credential' parameter. Authorization=${header.slice(0, 100)}`,
      );
    }
    return toScope(match.slice(1));
  }
  const presigned = new URLSearchParams(request.query).get('X-Amz-Credential')?.split('/');
  return presigned?.length === 5 ? toScope([presigned[0], presigned[2], presigned[3]]) : undefined;
}

/** The access key that a request is signed with, unreadable signatures aside. */
export function accessKeyOf({ headers, query }: WireRequest): string | undefined {
  const [, key] =
    /Credential=([^/\s,]+)\//.exec(headers['authorization'] ?? '') ??
    /X-Amz-Credential=([^/%&]+)/.exec(query) ??
    [];
  return key;
}

const toScope = ([accessKeyId = '', region = '', signingName = '']: (
  string | undefined
)[]): Scope => ({
  accessKeyId,
  region,
  signingName,
});
