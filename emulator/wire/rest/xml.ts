import { awsError } from '../../errors';
import type { Failure } from '../failure';
import { failureOf } from '../failure';
import type { Member } from '../shape';
import type { ServiceModel, Wire } from '../types';
import type { XmlElement } from '../xml/parse';
import { malformedXml, parseXmlBody, readXml, readXmlStructure } from '../xml/read';
import { escapeXml, XmlWriter } from '../xml/write';
import { writeAnswer, writeHeaders } from './answer';
import { unchunked } from './chunked';
import { pathStyle } from './host';
import type { BodyFormat } from './message';
import { restWire } from './wire';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const decoder = new TextDecoder();

function formatOf(model: ServiceModel, writer: XmlWriter): BodyFormat {
  const { xmlNamespace = '' } = model.settings;
  const document = (name: string, content: string) =>
    `${declaration}<${name} xmlns="${escapeXml(xmlNamespace)}">${content}</${name}>`;
  return {
    contentType: 'application/xml',
    readBody: (root, members, body) => readXmlStructure(members, rootElement(root, body)),
    readPayload: (member, body) =>
      member.shape.kind === 'string'
        ? decoder.decode(body)
        : readXml(member, rootElement(member, body)),
    writeBody(root, members, output) {
      const content = isUnwrapped(model, root)
        ? writer.content(members[0]!, output[members[0]!.name] ?? '')
        : writer.structure(members, output);
      return document(rootName(root), content);
    },
    writePayload: (member, value) => document(rootName(member), writer.content(member, value)),
    badValue: (name, text) =>
      awsError('InvalidArgument', `Provided ${name} not an integer or within integer range`, {
        members: { ArgumentName: name, ArgumentValue: text },
      }),
    badUri: () => awsError('InvalidURI', "Couldn't parse the specified URI."),
  };
}

const rootName = (member: Member): string => member.traits.xmlName ?? member.shape.name;

// The model's own trait for this does not reach the run-time schemas.
const isUnwrapped = (model: ServiceModel, root: Member): boolean =>
  isS3(model) && root.shape.name === 'GetBucketLocationOutput';

const isS3 = ({ settings }: ServiceModel): boolean =>
  settings['defaultNamespace'] === 'com.amazonaws.s3';

function rootElement(member: Member, body: Uint8Array): XmlElement {
  const root = parseXmlBody(body);
  if (root.name !== rootName(member)) throw malformedXml();
  return root;
}

/** restXml: S3, with its own addressing and errors, and Route 53. */
export function restXml(model: ServiceModel): Wire {
  const writer = new XmlWriter(isS3(model) ? 'millis' : 'iso');
  const format = formatOf(model, writer);
  const idHeaders = isS3(model) ? s3Headers : amznHeaders;
  const envelope = isS3(model) ? s3Error : wrappedError;
  return restWire(model, {
    format,
    ...(isS3(model) && {
      path: ({ path, headers }) => pathStyle(path, headers['host']),
      unwrap: unchunked,
    }),
    encode(operation, output, requestId) {
      const answer = writeAnswer(format, operation, output);
      Object.assign(answer.headers, idHeaders(requestId));
      return answer;
    },
    encodeError(error, requestId, request) {
      const failure = failureOf(model, error);
      const headers = failure.schema ? writeHeaders(failure.schema, failure.members) : {};
      Object.assign(headers, idHeaders(requestId));
      if (request?.method === 'HEAD' || failure.status === 304)
        return { status: failure.status, headers, body: '' };
      headers['content-type'] = 'application/xml';
      const body = envelope({ model, failure, requestId, writer });
      return { status: failure.status, headers, body: declaration + body };
    },
  });
}

const amznHeaders = (requestId: string) => ({ 'x-amzn-requestid': requestId });

const s3Headers = (requestId: string) => ({
  'x-amz-request-id': requestId,
  'x-amz-id-2': hostIdOf(requestId),
});

// S3's second id names the host that answered; here it only has to look like one and be stable.
const hostIdOf = (requestId: string) => Buffer.from(`${requestId}${requestId}`).toString('base64');

interface ErrorAnswer {
  model: ServiceModel;
  failure: Failure;
  requestId: string;
  writer: XmlWriter;
}

const s3Error = ({ failure, requestId, writer }: ErrorAnswer): string =>
  `<Error>${codeAndMembers(failure, writer)}<RequestId>${requestId}</RequestId><HostId>${hostIdOf(requestId)}</HostId></Error>`;

const wrappedError = ({ model, failure, requestId, writer }: ErrorAnswer): string =>
  `<ErrorResponse xmlns="${escapeXml(model.settings['xmlNamespace'] ?? '')}">` +
  `<Error><Type>${failure.isSenderFault ? 'Sender' : 'Receiver'}</Type>${codeAndMembers(failure, writer)}</Error>` +
  `<RequestId>${requestId}</RequestId></ErrorResponse>`;

function codeAndMembers({ code, message, schema, members }: Failure, writer: XmlWriter): string {
  const modelled =
    schema?.shape.members.filter(({ name }) => name.toLowerCase() !== 'message') ?? [];
  const names = new Set(modelled.map(({ name }) => name));
  // S3 names bucket, key or argument in errors that the model does not know.
  const others = Object.entries(members)
    .filter(([name, value]) => /^[A-Z]/.test(name) && !names.has(name) && typeof value !== 'object')
    .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`);
  return (
    `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>` +
    writer.structure(modelled, members) +
    others.join('')
  );
}
