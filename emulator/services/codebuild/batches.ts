import { constraintsOf } from '../../constraints';
import { invalid } from './project-input';

const { constraint } = constraintsOf(invalid);

/** A batch names between one and a hundred things, in CodeBuild's exception for wrong input. */
export function checkBatch(values: readonly string[], member: string): void {
  const shown = `[${values.join(', ')}]`;
  if (values.length === 0)
    throw constraint(shown, member, 'have length greater than or equal to 1');
  if (values.length > 100) throw constraint(shown, member, 'have length less than or equal to 100');
}

/** A page's size, with CodeBuild's own refusal of a token that is none. */
export const pagesOf = (max: number) => ({
  max,
  invalid: () => invalid('Invalid next token'), // text unverified
});
