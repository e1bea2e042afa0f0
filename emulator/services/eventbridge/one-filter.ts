import { invalid } from './errors';

/** The lists of archives and replays take one filter at a time. */
export function checkOneFilter(
  operation: string,
  filters: Record<string, string | undefined>,
): void {
  if (Object.values(filters).filter((one) => one !== undefined).length > 1)
    throw invalid(
      `At most one filter is allowed for ${operation}. Use either : State, EventSourceArn, or NamePrefix.`,
    );
}
