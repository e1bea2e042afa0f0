interface ExceptionOptions {
  message: string;
  Message: string;
  $metadata: Record<string, never>;
}

/**
 * An exception of the SDK, `refuse(ParameterNotFound, '')`: the compiler checks its name. Both
 * spellings of the text are set, because models differ in how they spell the member.
 */
export const refuse = <E extends Error>(
  Exception: new (options: ExceptionOptions) => E,
  message: string,
): E => new Exception({ message, Message: message, $metadata: {} });
