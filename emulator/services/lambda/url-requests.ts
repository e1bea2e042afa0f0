import { parseJson } from '../../json';
import { type Caller, serviceOf } from '../../principal';
import type { Visitor } from '../../steps/receive';
import type { WireRequest, WireResponse } from '../../wire';
import { arnOf, type Found } from './find-function';
import { count, publishForFunction } from './invoking/metrics';
import { perform } from './invoking/perform';
import type { LambdaCall, UrlConfig } from './state';
import { urlPrefix } from './urls';
import { eventOf } from './url-event';

/** Runs the function of a URL for a request, as far as its policy lets the sender in. */
export async function serveUrl(
  request: WireRequest,
  call: LambdaCall,
  visitor: Visitor,
): Promise<WireResponse> {
  const [id = '', ...rest] = request.path.slice(urlPrefix.length).split('/').slice(2);
  const target = findUrl(id, call);
  if (!target) return forbidden;
  const { found, url } = target;
  const signer = visitor.signer();
  if (!isAllowed(target, { visitor, signer })) return forbidden;
  const path = `/${rest.join('/')}`;
  const event = eventOf(request, { url, path, signer }, call);
  const answer = await answerOf(found, JSON.stringify(event), call);
  publishForFunction(
    found.fn,
    {
      UrlRequestCount: count(1),
      Url4xxCount: count(Math.floor(answer.status / 100) === 4 ? 1 : 0),
      Url5xxCount: count(Math.floor(answer.status / 100) === 5 ? 1 : 0),
    },
    call,
  );
  return answer;
}

interface Target {
  found: Found;
  url: UrlConfig;
}

function findUrl(id: string, { state, accountId, region }: LambdaCall): Target | undefined {
  for (const fn of state.functions.values())
    for (const [key, url] of fn.urls) {
      if (url.id !== id) continue;
      const qualifier = key === '' ? undefined : key;
      const reference = { name: fn.name, qualifier, accountId, region };
      return { found: { fn, qualifier, reference }, url };
    }
  return undefined;
}

/** A sender without a signature: no identity at all, so that only `Principal: '*'` lets it in. */
const anonymous = (accountId: string): Caller => ({
  principal: serviceOf('anonymous', accountId),
});

/** Since October 2025 a URL asks for both actions. */
function isAllowed(
  { found, url }: Target,
  { visitor, signer }: { visitor: Visitor; signer: Caller | undefined },
): boolean {
  const isOpen = url.authType === 'NONE';
  const caller = isOpen ? anonymous(found.reference.accountId) : signer;
  if (!caller) return false;
  const resources = [arnOf(found.reference)];
  try {
    visitor.authorise(caller, [
      {
        action: 'lambda:InvokeFunctionUrl',
        resources,
        context: { 'lambda:FunctionUrlAuthType': url.authType },
      },
      {
        action: 'lambda:InvokeFunction',
        resources,
        context: { 'lambda:InvokedViaFunctionUrl': 'true' },
      },
    ]);
    return true;
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('AccessDenied')) return false;
    throw error;
  }
}

async function answerOf(found: Found, payload: string, call: LambdaCall): Promise<WireResponse> {
  try {
    const { result } = await perform(found, { requestId: call.requestId, payload }, call);
    return result.functionError === undefined ? responseOf(result.payload) : failed;
  } catch (error) {
    if (error instanceof Error && error.name === 'TooManyRequestsException') return throttled;
    throw error;
  }
}

const json = { 'content-type': 'application/json' };

interface Answer {
  statusCode: number;
  headers?: Record<string, unknown>;
  body?: unknown;
  cookies?: string[];
  isBase64Encoded?: boolean;
}

/** A value with a status code is an answer; any other is the body of one. */
function responseOf(payload: string): WireResponse {
  const value = parseJson(payload);
  if (isAnswer(value)) return writtenBy(value);
  const body = typeof value === 'string' ? value : payload;
  return { status: 200, headers: { ...json }, body };
}

function writtenBy({ statusCode: status, body = '', ...more }: Answer): WireResponse {
  const { headers = {}, cookies = [], isBase64Encoded = false } = more;
  const given = Object.entries(headers).map(([name, text]) => [name.toLowerCase(), String(text)]);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    status,
    headers: {
      ...json,
      ...(Object.fromEntries(given) as Record<string, string>),
    },
    ...(cookies.length > 0 ? { cookies } : {}),
    body: isBase64Encoded ? Buffer.from(text, 'base64') : text,
  };
}

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && 'statusCode' in value;

const message = (status: number, text: string): WireResponse => ({
  status,
  headers: { ...json },
  body: JSON.stringify({ Message: text }),
});

const forbidden = message(
  403,
  'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
);
const failed: WireResponse = { status: 502, headers: { ...json }, body: 'Internal Server Error' };
const throttled = message(429, 'Rate Exceeded.');
