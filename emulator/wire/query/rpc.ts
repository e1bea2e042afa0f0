import type { Failure } from '../failure';
import { failureOf } from '../failure';
import { planOf } from '../plan';
import type { Operation, ServiceModel, Wire, WireRequest } from '../types';
import { escapeXml, XmlWriter } from '../xml/write';
import { malformedQuery, parameterOf, parseForm } from './form';
import { ec2Rules, queryRules, readForm } from './read';

const writer = new XmlWriter('iso');
const ec2Writer = new XmlWriter('millis');
const contentType = 'text/xml';

const identify = (model: ServiceModel, request: WireRequest): Operation | undefined => {
  const action = parameterOf(textOf(request), 'Action') ?? parameterOf(request.query, 'Action');
  return action === undefined ? undefined : model.operations.get(action);
};

/** awsQuery: a form in, `<OperationResponse><OperationResult>` out. */
export const awsQuery = (model: ServiceModel): Wire => ({
  identify: (request) => identify(model, request),
  decode: (operation, request) =>
    readForm(planOf(operation).input, formOf(request), queryRules) as Record<string, unknown>,
  encode(operation, output, requestId) {
    const { output: root } = planOf(operation);
    const result = writer.structure(root.shape.members, output);
    const inner = root.shape.kind === 'unit' ? '' : wrap(`${operation.name}Result`, result);
    const metadata = wrap('ResponseMetadata', wrap('RequestId', requestId));
    return {
      status: 200,
      headers: { 'x-amzn-requestid': requestId, 'content-type': contentType },
      body: wrap(`${operation.name}Response`, inner + metadata, namespaceOf(model)),
    };
  },
  encodeError(error, requestId) {
    const failure = failureOf(model, error);
    const type = wrap('Type', failure.isSenderFault ? 'Sender' : 'Receiver');
    const inner = wrap('Error', type + codeAndMessage(failure) + membersOf(failure));
    return {
      status: failure.status,
      headers: { 'x-amzn-requestid': requestId, 'content-type': contentType },
      body: wrap('ErrorResponse', inner + wrap('RequestId', requestId), namespaceOf(model)),
    };
  },
});

/** ec2Query: like awsQuery, with flat lists in the form and no result element in the answer. */
export const ec2Query = (model: ServiceModel): Wire => ({
  identify: (request) => identify(model, request),
  decode: (operation, request) =>
    readForm(planOf(operation).input, formOf(request), ec2Rules) as Record<string, unknown>,
  encode(operation, output, requestId) {
    const { shape } = planOf(operation).output;
    // Operations without an output all answer this one member.
    const members =
      shape.kind === 'unit' ? wrap('return', 'true') : ec2Writer.structure(shape.members, output);
    return {
      status: 200,
      headers: { 'x-amzn-requestid': requestId, 'content-type': 'text/xml;charset=UTF-8' },
      body:
        declaration +
        wrap(
          `${operation.name}Response`,
          wrap('requestId', requestId) + members,
          namespaceOf(model),
        ),
    };
  },
  encodeError(error, requestId) {
    const failure = failureOf(model, error);
    const errors = wrap('Errors', wrap('Error', codeAndMessage(failure)));
    return {
      status: failure.status,
      headers: { 'x-amzn-requestid': requestId, 'content-type': 'text/xml;charset=UTF-8' },
      body: declaration + wrap('Response', errors + wrap('RequestID', requestId)),
    };
  },
});

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

const wrap = (name: string, content: string, attributes = ''): string =>
  `<${name}${attributes}>${content}</${name}>`;

const namespaceOf = ({ settings: { xmlNamespace } }: ServiceModel): string =>
  xmlNamespace ? ` xmlns="${escapeXml(xmlNamespace)}"` : '';

const codeAndMessage = ({ code, message }: Failure): string =>
  wrap('Code', escapeXml(code)) + wrap('Message', escapeXml(message));

function membersOf({ schema, members }: Failure): string {
  const own = schema?.shape.members.filter(({ name }) => name.toLowerCase() !== 'message') ?? [];
  return writer.structure(own, members);
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function textOf({ body }: WireRequest): string {
  try {
    return decoder.decode(body);
  } catch {
    throw malformedQuery();
  }
}

const formOf = (request: WireRequest) => parseForm(request.query, textOf(request));
