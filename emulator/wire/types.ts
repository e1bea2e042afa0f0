/** A request as it came over HTTP or from an in-process client, nothing decoded yet. */
export interface WireRequest {
  method: string;
  /** Path as sent: percent-encoding untouched, no query string. */
  path: string;
  /** Query string as sent, without the question mark. */
  query: string;
  /** Header names in lower case. */
  headers: Record<string, string>;
  /** The body as sent, still aws-chunked if it was. */
  body: Uint8Array;
}

export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  /** Each becomes a `set-cookie` header of its own. */
  cookies?: string[];
  body: Uint8Array | string;
}

/** One operation of a service's model: schemas in the SDK's own run-time form. */
export interface Operation {
  name: string;
  input: unknown;
  output: unknown;
  /** `[method, uri, status]` of REST protocols. */
  http?: [method: string, uri: string, status: number];
  /** The request's `x-amz-checksum-*` headers are those of its body (elsewhere: of a whole object). */
  hasChecksum?: true;
}

/** A service's model, read from its SDK package. */
export interface ServiceModel {
  /** Folder name, `config-service`. */
  service: string;
  operations: Map<string, Operation>;
  /** Error schemas by their shape name. */
  errors: Map<string, unknown>;
  /** `aws.protocols#awsJson1_1`, as the SDK's protocol names itself. */
  protocol: string;
  /** `serviceTarget`, `xmlNamespace`, `version`, … of the SDK's protocol. */
  settings: Record<string, string>;
}

/** Reads and writes one service's requests and answers. Everything it throws is an AwsError. */
export interface Wire {
  /** The operation a request is for; `undefined` when the model has none that fits. */
  identify(request: WireRequest): Operation | undefined;
  /** Members by their modelled names; timestamps as Date, blobs as Uint8Array. */
  decode(operation: Operation, request: WireRequest): Record<string, unknown>;
  encode(operation: Operation, output: Record<string, unknown>, requestId: string): WireResponse;
  /** An AwsError or an exception of the SDK, in the protocol's own form and status. */
  encodeError(error: Error, requestId: string, request?: WireRequest): WireResponse;
}
