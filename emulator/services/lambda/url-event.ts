import type { Caller } from '../../principal';
import type { WireRequest } from '../../wire';
import type { LambdaCall, UrlConfig } from './state';

interface About {
  url: UrlConfig;
  /** What stands behind the URL's own path. */
  path: string;
  signer: Caller | undefined;
}

/** The event of a request to a function URL, payload format 2.0. */
export function eventOf(request: WireRequest, about: About, call: LambdaCall): object {
  const { headers, query } = request;
  const isText = isTextual(headers['content-type'] ?? 'text/plain');
  const body = Buffer.from(request.body).toString(isText ? 'utf8' : 'base64');
  const cookies = headers['cookie']?.split('; ');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: about.path,
    rawQueryString: query,
    ...(cookies ? { cookies } : {}),
    headers: withoutSignature(headers),
    ...(query === '' ? {} : { queryStringParameters: parametersOf(query) }),
    requestContext: contextOf(request, about, call),
    ...(body === '' ? {} : { body }),
    isBase64Encoded: body !== '' && !isText,
  };
}

/** What AWS hands on as text; all else comes in Base64, forms too. */
const isTextual = (type: string): boolean =>
  /^text\/|^application\/(json|javascript|xml|graphql)|\+(json|xml)/.test(type);

const withoutSignature = ({
  authorization: _signature,
  cookie: _cookies,
  ...headers
}: Record<string, string>): Record<string, string> => headers;

/** Values of a parameter that comes more than once are joined by commas. */
function parametersOf(query: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query))
    parameters[name] = name in parameters ? `${parameters[name]},${value}` : value;
  return parameters;
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `12/Mar/2020:19:03:58 +0000`. */
function apacheTime(at: Date): string {
  const text = at.toISOString();
  return `${text.slice(8, 10)}/${months[at.getUTCMonth()]}/${text.slice(0, 4)}:${text.slice(11, 19)} +0000`;
}

function contextOf(
  { method, headers }: WireRequest,
  { url, path, signer }: About,
  call: LambdaCall,
): object {
  const now = call.now();
  return {
    accountId: signer?.principal.accountId ?? 'anonymous',
    apiId: url.id,
    ...(signer ? { authorizer: { iam: authorizerOf(signer, headers) } } : {}),
    domainName: `${url.id}.lambda-url.${call.region}.on.aws`,
    domainPrefix: url.id,
    http: {
      method,
      path,
      protocol: 'HTTP/1.1',
      sourceIp: '127.0.0.1',
      userAgent: headers['user-agent'] ?? '',
    },
    requestId: call.requestId,
    routeKey: '$default',
    stage: '$default',
    time: apacheTime(now),
    timeEpoch: now.getTime(),
  };
}

const authorizerOf = ({ principal }: Caller, headers: Record<string, string>) => ({
  accessKey: /Credential=([^/]+)/.exec(headers['authorization'] ?? '')?.[1] ?? '',
  accountId: principal.accountId,
  callerId: principal.accountId,
  cognitoIdentity: null,
  principalOrgId: null,
  userArn: principal.arn,
  userId: principal.accountId,
});
