import type { Signal } from '../stack';
import { isRecord } from '../template/template';

/** A wait condition's signal; CloudFormation passes over what is not one. */
export function readSignal(body: string): Signal | undefined {
  const {
    Status: status,
    UniqueId: uniqueId,
    Reason: reason = '',
    Data: data = '',
  } = parsed(body) ?? {};
  if (typeof uniqueId !== 'string' || (status !== 'SUCCESS' && status !== 'FAILURE')) {
    return undefined;
  }
  return { uniqueId, status, reason: String(reason), data: String(data) };
}

function parsed(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
