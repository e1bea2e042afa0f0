import { awsError } from '../../errors';
import { failureOf } from '../failure';
import { errorBody } from '../json/rpc';
import { parseJson, readJson, readMembers } from '../json/read';
import { toJson, writeMembers } from '../json/write';
import type { ServiceModel, Wire } from '../types';
import { writeAnswer, writeHeaders } from './answer';
import type { BodyFormat } from './message';
import { restWire } from './wire';

const format: BodyFormat = {
  contentType: 'application/json',
  readBody: (root, members, body) => readMembers(root, members, parseJson(body)),
  readPayload: (member, body) =>
    member.shape.kind === 'string' ? decoder.decode(body) : readJson(member, parseJson(body)),
  writeBody: (_root, members, output) => JSON.stringify(writeMembers(members, output)),
  writePayload: (member, value) => JSON.stringify(toJson(member, value)),
  // Neither text was verified.
  badValue: (_name, text) => awsError('SerializationException', `'${text}' can not be converted`),
  badUri: () => awsError('SerializationException', 'The URI is not well-formed.'),
};

const decoder = new TextDecoder();

/** restJson1: members in URI, headers and a JSON body; errors named in `x-amzn-ErrorType`. */
export const restJson = (model: ServiceModel): Wire =>
  restWire(model, {
    format,
    encode: (operation, output, requestId) => {
      const answer = writeAnswer(format, operation, output);
      answer.headers['x-amzn-requestid'] = requestId;
      return answer;
    },
    encodeError(error, requestId) {
      const failure = failureOf(model, error);
      const headers = failure.schema ? writeHeaders(failure.schema, failure.members) : {};
      headers['content-type'] = 'application/json';
      headers['x-amzn-requestid'] = requestId;
      headers['x-amzn-errortype'] = failure.name;
      return { status: failure.status, headers, body: JSON.stringify(errorBody(failure)) };
    },
  });
