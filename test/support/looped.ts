import { isDeepStrictEqual } from 'node:util';
import { awsError } from '../../emulator/errors';
import { inProcessConfiguration } from '../../emulator/clients';
import { modelOf, packageOf, wireFor } from '../../emulator/wire';
import type { Operation, WireRequest } from '../../emulator/wire';
import { sampleOf } from './sample';
import type { Fixed } from './sample';

type Members = Record<string, unknown>;
type Command = new (input: Members) => unknown;
type Client = new (configuration: unknown) => { send(command: unknown): Promise<Members> };

/** Inputs that the SDK checks or computes before it sends: `undefined` leaves the member out. */
const fixedInputs: Record<string, Fixed> = {
  eventbridge: { EndpointId: 'abcde.veo' },
  s3: {
    Bucket: 'bucket',
    ChecksumAlgorithm: 'CRC32',
    ChecksumCRC32: undefined,
    ChecksumCRC32C: undefined,
    ChecksumCRC64NVME: undefined,
    ChecksumMD5: undefined,
    ChecksumSHA1: undefined,
    ChecksumSHA256: undefined,
    ChecksumSHA512: undefined,
    ContentMD5: undefined,
    SSECustomerKey: 'MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=',
    SSECustomerKeyMD5: 'KYvwGXoFFJ42a2u2GDWhwQ==',
    CopySourceSSECustomerKey: 'MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=',
    CopySourceSSECustomerKeyMD5: 'KYvwGXoFFJ42a2u2GDWhwQ==',
  },
};

/** Outputs that the SDK derives from one another. */
const fixedOutputs: Record<string, Fixed> = {
  s3: { ExpiresString: 'Thu, 01 Jan 2026 00:00:01 GMT' },
};

/** What the SDK adds to a request of S3 by itself. */
const added = new Set(['ContentLength', 'ContentType', 'ChecksumCRC32', 'ChecksumMode']);

/** An SDK client in front of the wire alone: each call is answered with a sample of its output. */
export function looped(service: string) {
  const model = modelOf(service);
  const wire = wireFor(model);
  const seen: { operation?: string; input?: Members; output?: Members; error?: Error } = {};

  async function answer(request: WireRequest) {
    if (seen.error) return wire.encodeError(seen.error, 'request-1', request);
    const operation = wire.identify(withoutId(request));
    if (!operation) throw new Error(`${request.method} ${request.path} fits no operation`);
    seen.operation = operation.name;
    seen.input = wire.decode(operation, request);
    seen.output = sampleOf(operation.output, fixedOutputs[service]);
    return wire.encode(operation, seen.output, 'request-1');
  }

  const sdk = packageOf(service);
  const name =
    Object.keys(sdk).find((key) => key.endsWith('Client') && !key.startsWith('__')) ?? '';
  const client = new (sdk[name] as Client)({
    ...inProcessConfiguration('us-east-1', answer),
    disableHostPrefix: true,
    // sqs proves MD5 sums of bodies, which samples do not have; s3 needs its own MD5 class.
    ...(service === 'sqs' && { md5: false }),
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });

  return {
    operations: [...model.operations.values()],

    errors: [...model.errors],

    /** Answers with an error and says what the SDK made of it otherwise than it was thrown. */
    async errorTrip([shape, schema]: [string, unknown]): Promise<string | undefined> {
      const members = sampleOf(schema, { message: undefined, Message: undefined });
      seen.error = awsError(shape, 'It <failed>.', { members });
      const [operation = ''] = model.operations.keys();
      const input = sampleOf(model.operations.get(operation)?.input, fixedInputs[service]);
      const error = await client.send(new (sdk[`${operation}Command`] as Command)(input)).then(
        () => new Error('no error'),
        (reason: unknown) => reason as Error,
      );
      delete seen.error;
      const expected = { name: shape, message: 'It <failed>.', ...members };
      const found = Object.keys(expected).map((name) => [name, error[name as keyof Error]]);
      return difference('error', expected, Object.fromEntries(found) as Members);
    },

    /** Sends a sample and says what arrived otherwise than it was sent, if anything. */
    async roundTrip({ name: operation, input }: Operation): Promise<string | undefined> {
      const sent = sampleOf(input, fixedInputs[service]);
      const command = new (sdk[`${operation}Command`] as Command)(
        sampleOf(input, fixedInputs[service]),
      );
      try {
        const received = await settled(await client.send(command));
        if (seen.operation !== operation) return `taken for ${seen.operation}`;
        return (
          difference('input', sent, without(added, seen.input ?? {}, sent)) ??
          difference('output', seen.output ?? {}, received)
        );
      } catch (error) {
        return String(error);
      }
    },
  };
}

/** As botocore sends it: `x-id`, which names the operation, is the SDK for JavaScript's own. */
const withoutId = (request: WireRequest): WireRequest => ({
  ...request,
  query: request.query.replace(/(^|&)x-id=[^&]*/, ''),
});

/** An answer with its streams read and the SDK's own metadata left out. */
async function settled(output: Members): Promise<Members> {
  const answer = { ...output };
  delete answer['$metadata'];
  for (const [name, value] of Object.entries(answer)) {
    const stream = value as { transformToByteArray?: () => Promise<Uint8Array> } | undefined;
    if (stream?.transformToByteArray) answer[name] = await stream.transformToByteArray();
  }
  return answer;
}

const without = (names: Set<string>, members: Members, sent: Members): Members =>
  Object.fromEntries(Object.entries(members).filter(([name]) => name in sent || !names.has(name)));

function difference(side: string, expected: Members, found: Members): string | undefined {
  const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
  const name = [...names].find((key) => !isSame(expected[key], found[key]));
  if (name === undefined) return undefined;
  return `${side} ${name}: ${JSON.stringify(expected[name])} became ${JSON.stringify(found[name])}`;
}

const isSame = (a: unknown, b: unknown): boolean => isDeepStrictEqual(plain(a), plain(b));

/** Without the classes that differ on the two sides: Buffer is a Uint8Array, LazyJsonString a String. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('hex') };
  if (value instanceof String) return { text: value.toString() };
  if (value instanceof Date || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Array.from(value, plain);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
