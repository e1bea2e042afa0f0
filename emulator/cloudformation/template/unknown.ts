/** Why a value is not known before the deployment has come that far. */
export interface Cause {
  source: 'ResourceReference' | 'ResourceAttribute';
  /** `Topic`, or `Topic.TopicArn`. */
  entity: string;
}

/** Stands where a value will be once the resources that it names are there. */
export class Unknown {
  readonly causes: Cause[];

  constructor(causes: Cause[]) {
    this.causes = causes;
  }
}

/** Every cause for which something inside a value is not known yet. */
export function causesIn(value: unknown): Cause[] {
  if (value instanceof Unknown) return value.causes;
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(causesIn);
}

/** The value with AWS's own placeholder for what is not known. */
export function printable(value: unknown): unknown {
  if (value instanceof Unknown) return '{{changeSet:KNOWN_AFTER_APPLY}}';
  if (Array.isArray(value)) return value.map(printable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, printable(each)]));
}
