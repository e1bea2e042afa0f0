import { constraintsOf } from '../../constraints';
import { awsError } from '../../errors';

const { constraint, checkRange } = constraintsOf((message) =>
  awsError('ValidationException', message),
);

/** Refuses a list that is longer than the model allows. */
function checkLength(list: readonly unknown[] = [], member: string, most: number): void {
  if (list.length > most)
    throw constraint(
      `[${list.map(String).join(', ')}]`,
      member,
      `have length less than or equal to ${most}`,
    );
}

export { checkLength, checkRange };
