import type { TargetName } from '../../lib/targets/target';

/** One answer on a record. */
export interface RecordedCall {
  order: number;
  time: string;
  call: string;
  parameters: unknown;
  output?: unknown;
  error?: { name: string; message: string } & Record<string, unknown>;
}

/** What one scope of a run asked, in its order. */
export interface RecordedScope {
  values: (number | boolean)[];
  calls: RecordedCall[];
}

/** All that a run was told, secrets removed: enough to grade again without any account. */
export interface GradeRecord {
  format: 'dop-labs-record';
  /** Of this format; raised when an older record can no longer be read. */
  version: 1;
  lab: string;
  target: TargetName;
  region: string;
  /** False when the drills were skipped. */
  drills: boolean;
  scopes: Record<string, RecordedScope>;
}

/** True for what a record's file must hold; whether its facts fit the lab's checks shows when they are told. */
export function isRecord(value: unknown): value is GradeRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { format, version, scopes } = value as Partial<GradeRecord>;
  return (
    format === 'dop-labs-record' && version === 1 && typeof scopes === 'object' && scopes !== null
  );
}
