/** An error that AWS itself would answer: AWS's code, text and HTTP status, never ours. */
export class AwsError extends Error {
  readonly status: number;
  /** Further members of the modelled exception shape, such as `ParameterName`. */
  readonly members: Record<string, unknown>;

  constructor(code: string, message: string, detail: ErrorDetail = {}) {
    super(message);
    this.name = code;
    this.status = detail.status ?? 400;
    this.members = detail.members ?? {};
  }
}

interface ErrorDetail {
  status?: number;
  members?: Record<string, unknown>;
}

/**
 * For errors that have no class in the SDK (`InvalidGroup.NotFound`); where there is a class,
 * throw that one, so that the compiler checks its name. Status 400 unless told.
 */
export const awsError = (code: string, message: string, detail?: ErrorDetail): AwsError =>
  new AwsError(code, message, detail);
