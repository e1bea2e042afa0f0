import type { Member, Shape } from '../shape';

/** Where each member of an input or output stands in the HTTP message. */
export interface Bindings {
  labels: Member[];
  queries: [name: string, member: Member][];
  /** Takes every query parameter that no other member names. */
  queryMap: Member | undefined;
  headers: [name: string, member: Member][];
  prefixHeaders: [prefix: string, member: Member][];
  status: Member | undefined;
  /** The member that is the whole body. */
  payload: Member | undefined;
  /** Those that make up the body together. */
  body: Member[];
}

const cache = new WeakMap<Shape, Bindings>();

export function bindingsOf(shape: Shape): Bindings {
  let bindings = cache.get(shape);
  if (!bindings) cache.set(shape, (bindings = readBindings(shape.members)));
  return bindings;
}

function readBindings(members: Member[]): Bindings {
  const bindings: Bindings = {
    labels: [],
    queries: [],
    queryMap: undefined,
    headers: [],
    prefixHeaders: [],
    status: undefined,
    payload: undefined,
    body: [],
  };
  for (const member of members) bind(bindings, member);
  return bindings;
}

function bind(bindings: Bindings, member: Member): void {
  const { httpHeader, httpPrefixHeaders, httpQuery, ...traits } = member.traits;
  if (traits.httpLabel) bindings.labels.push(member);
  else if (httpQuery !== undefined) bindings.queries.push([httpQuery, member]);
  else if (httpHeader !== undefined) bindings.headers.push([httpHeader.toLowerCase(), member]);
  else if (httpPrefixHeaders !== undefined)
    bindings.prefixHeaders.push([httpPrefixHeaders.toLowerCase(), member]);
  else if (traits.httpQueryParams) bindings.queryMap = member;
  else if (traits.httpResponseCode) bindings.status = member;
  else if (traits.httpPayload) bindings.payload = member;
  else bindings.body.push(member);
}
