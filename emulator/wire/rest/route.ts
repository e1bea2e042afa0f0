import { planOf } from '../plan';
import type { Member } from '../shape';
import type { Operation, ServiceModel, WireRequest } from '../types';
import { bindingsOf } from './bindings';

/** A request matched to an operation, its URI taken apart once. */
export interface Match {
  operation: Operation;
  /** Labels by member name, still percent-encoded. */
  labels: Record<string, string>;
  query: URLSearchParams;
}

interface Route {
  operation: Operation;
  method: string;
  pattern: RegExp;
  labels: string[];
  /** Query parameters that the template itself names: `?acl`, `list-type=2`. */
  literals: [name: string, value: string][];
  /** `x-id` of the SDK for JavaScript, which botocore does not send. */
  id: string | undefined;
  requiredQueries: string[];
  requiredHeaders: string[];
  /** How much path and query of the template say. */
  weight: number;
}

/** Finds a REST service's operation by method, path, and what its members demand of query and headers. */
export class Router {
  readonly #routes = new Map<string, Route[]>();

  constructor(model: ServiceModel) {
    for (const operation of model.operations.values()) {
      const route = routeOf(operation);
      const routes = this.#routes.get(route.method) ?? [];
      this.#routes.set(route.method, [...routes, route]);
    }
    // Several operations share a URI: the one whose template says most comes first.
    for (const routes of this.#routes.values()) routes.sort(byWeight);
  }

  match(request: WireRequest, path = request.path): Match | undefined {
    const query = new URLSearchParams(request.query);
    const routes = this.#routes.get(request.method) ?? [];
    const fits = (route: Route) => route.pattern.test(path) && hasLiterals(route, query);
    const first = routes.find(fits);
    if (!first) return undefined;
    const rivals = routes.filter((route) => route.weight === first.weight && fits(route));
    const route = rivals.find((rival) => isComplete(rival, query, request)) ?? first;
    return matchOf(route, path, query);
  }
}

function matchOf(route: Route, path: string, query: URLSearchParams): Match {
  const [, ...found] = route.pattern.exec(path) ?? [];
  const labels = route.labels.map((name, index) => [name, found[index] ?? '']);
  return { operation: route.operation, labels: Object.fromEntries(labels), query };
}

const hasLiterals = ({ literals }: Route, query: URLSearchParams): boolean =>
  literals.every(([name, value]) => (value === '' ? query.has(name) : query.get(name) === value));

function isComplete(route: Route, query: URLSearchParams, { headers }: WireRequest): boolean {
  const id = query.get('x-id');
  return (
    (id === null || id === route.id) &&
    route.requiredQueries.every((name) => query.has(name)) &&
    route.requiredHeaders.every((name) => headers[name] !== undefined)
  );
}

const requirementsOf = (route: Route) =>
  route.requiredQueries.length + route.requiredHeaders.length;

const byWeight = (a: Route, b: Route): number =>
  b.weight - a.weight || requirementsOf(b) - requirementsOf(a);

function routeOf(operation: Operation): Route {
  const [method, uri] = operation.http ?? ['', '/', 200];
  const [template = '/', search = ''] = uri.split('?');
  const { labels, queries, headers } = bindingsOf(planOf(operation).input.shape);
  // S3's templates leave the bucket out, because the SDK puts it into the endpoint.
  const hidden = labels.filter(({ name }) => !template.includes(`{${name}`));
  const path = hidden.map(({ name }) => `/{${name}}`).join('') + template;
  const literals = [...new URLSearchParams(search)].filter(([name]) => name !== 'x-id');
  return {
    operation,
    method,
    ...patternOf(path),
    literals,
    id: new URLSearchParams(search).get('x-id') ?? undefined,
    requiredQueries: required(queries),
    requiredHeaders: required(headers),
    weight:
      100 * path.split('/').filter((step) => step && !step.includes('{')).length + literals.length,
  };
}

const required = (members: [name: string, member: Member][]): string[] =>
  members.filter(([, member]) => member.required).map(([name]) => name);

function patternOf(path: string): { pattern: RegExp; labels: string[] } {
  const labels: string[] = [];
  const source = path
    .replace(/\/$/, '')
    .replace(/\{([^}+]+)(\+?)\}|[.*+?^$()[\]\\|]/g, (text, name?: string, greedy?: string) => {
      if (name === undefined) return `\\${text}`;
      labels.push(name);
      return greedy ? '([^]+)' : '([^/]+)';
    });
  return { pattern: new RegExp(`^${source}${path.endsWith('+}') ? '' : '/?'}$`), labels };
}
