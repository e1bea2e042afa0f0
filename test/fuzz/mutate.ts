import type { Dice } from './dice';
import { texts, values } from './odd-values';
import type { FuzzRequest } from './requests';

type Mutation = (request: FuzzRequest, dice: Dice) => FuzzRequest;

/** Damages a request in up to three ways. */
export function mutated(request: FuzzRequest, dice: Dice): FuzzRequest {
  let damaged = request;
  for (let count = dice.below(4); count > 0; count -= 1)
    damaged = dice.pick(mutations)(damaged, dice);
  return damaged;
}

const withBody = (request: FuzzRequest, body: Uint8Array): FuzzRequest => ({ ...request, body });

const flip: Mutation = (request, dice) => {
  const body = Buffer.from(request.body);
  if (body.length > 0) body[dice.below(body.length)] = dice.below(256);
  return withBody(request, body);
};

const cut: Mutation = (request, dice) =>
  withBody(request, Buffer.from(request.body).subarray(0, dice.below(request.body.length + 1)));

const repeat: Mutation = (request, dice) => {
  const from = dice.below(request.body.length + 1);
  const part = Buffer.from(request.body).subarray(from, from + dice.below(2000));
  return withBody(request, Buffer.concat([request.body, part, part]));
};

const garble: Mutation = (request, dice) => {
  const at = dice.below(request.body.length + 1);
  const body = Buffer.from(request.body);
  return withBody(
    request,
    Buffer.concat([body.subarray(0, at), Buffer.from(dice.pick(texts)), body.subarray(at)]),
  );
};

/** Puts a value of another type somewhere into a JSON body. */
const retype: Mutation = (request, dice) => {
  const text = Buffer.from(request.body).toString();
  if (!text.startsWith('{')) return flip(request, dice);
  try {
    const root = JSON.parse(text) as Record<string, unknown>;
    let holder: Record<string, unknown> = root;
    for (;;) {
      const [first, ...more] = Object.keys(holder);
      if (first === undefined) break;
      const key = dice.pick([first, ...more]);
      const inner = holder[key];
      if (typeof inner === 'object' && inner !== null && dice.chance(60)) {
        holder = inner as Record<string, unknown>;
        continue;
      }
      holder[key] = dice.pick(values);
      break;
    }
    return withBody(request, Buffer.from(JSON.stringify(root)));
  } catch {
    return request;
  }
};

/** Changes the names or values of a form. */
const reform: Mutation = (request, dice) => {
  const form = new URLSearchParams(Buffer.from(request.body).toString());
  const [first = 'a', ...more] = form.keys();
  const name = dice.pick([first, ...more]);
  if (dice.chance(30)) form.delete(name);
  else if (dice.chance(50)) form.set(name, dice.pick(texts));
  else form.append(`${name}.${dice.below(3)}.${dice.below(1e6)}`, dice.pick(texts));
  return withBody(request, Buffer.from(form.toString()));
};

const reheader: Mutation = (request, dice) => {
  const names = Object.keys(request.headers);
  const name = dice.pick([
    'content-type',
    'x-amz-target',
    'authorization',
    'x-amz-date',
    'range',
    'if-match',
    'content-encoding',
    'x-amz-content-sha256',
    'x-amz-decoded-content-length',
    ...names,
  ]);
  const headers = { ...request.headers };
  if (dice.chance(40)) delete headers[name];
  else headers[name] = dice.pick(texts).replaceAll(/[^\x20-\x7E]/g, '');
  return { ...request, headers };
};

const repath: Mutation = (request, dice) => {
  const part = dice.pick(['%', '%00', '..', '//', '%2F', encodeURIComponent(dice.pick(texts))]);
  const at = dice.below(request.path.length) + 1;
  return { ...request, path: request.path.slice(0, at) + part + request.path.slice(at) };
};

const requery: Mutation = (request, dice) => {
  const more = `${encodeURIComponent(dice.pick(texts))}=${encodeURIComponent(dice.pick(texts))}`;
  const query = dice.chance(50)
    ? `${request.query}&${more}`
    : dice.pick(['', '%', '=', '&&&', more]);
  return { ...request, query };
};

const remethod: Mutation = (request, dice) => ({
  ...request,
  method: dice.pick(['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH']),
});

const mutations: [Mutation, ...Mutation[]] = [
  flip,
  cut,
  repeat,
  garble,
  retype,
  retype,
  retype,
  reform,
  reform,
  reheader,
  repath,
  requery,
  remethod,
];
