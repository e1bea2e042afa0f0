import { table } from '../table';
import rows from './generated/resource-types.json';

/** What CloudFormation's own schema says of a resource type. */
export interface ResourceTypeFacts {
  /** Properties whose change always means a new resource. */
  createOnly: string[];
  /** Properties whose change may mean a new resource. */
  conditionalCreateOnly: string[];
  primaryIdentifier: string[];
  /** What Fn::GetAtt may ask for. */
  readOnly: string[];
  /** The property that holds tags; absent when the type has none. */
  tags?: string;
  /** All properties by path, `A.B` through lists and maps. */
  properties: string[];
}

const facts: Record<string, ResourceTypeFacts> = table(rows);

/** Facts of an emulated type, from the table that `npm run generate` writes. */
export const factsOf = (type: string): ResourceTypeFacts | undefined => facts[type];

/** Attributes of a type; `undefined` when nothing is known of it. */
export const attributesOf = (type: string): string[] | undefined => facts[type]?.readOnly;

/** Whether a change of one property needs a new resource. */
export function recreationFor(
  type: string,
  property: string,
): 'Always' | 'Conditionally' | 'Never' {
  const known = facts[type];
  if (known?.createOnly.includes(property)) return 'Always';
  return known?.conditionalCreateOnly.includes(property) ? 'Conditionally' : 'Never';
}
