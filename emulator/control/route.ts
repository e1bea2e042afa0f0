/** What a control route answers; status 200 unless told. */
export interface Answer {
  status?: number;
  body: unknown;
}

export type Body = Record<string, unknown>;

/** One control route; `body` is the request's JSON object, with the `id` that the path names. */
export type Route = (body: Body) => Answer | Promise<Answer>;

export const bad = (error: string): Answer => ({ status: 400, body: { error } });
