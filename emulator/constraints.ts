type Value = string | number | undefined;

/**
 * Refusals of values that break a constraint of AWS's model, in the words of AWS's model
 * validation; `refuse` makes them the exception that the service answers.
 */
export function constraintsOf(refuse: (message: string) => Error) {
  /** `rule` is the whole constraint. */
  const violated = (value: Value, member: string, rule: string): Error =>
    refuse(
      `1 validation error detected: Value ${shown(value)} at '${member}' failed to satisfy constraint: ${rule}`,
    );

  /** The `rule` goes on after "Member must". */
  const constraint = (value: Value, member: string, rule: string): Error =>
    violated(value, member, `Member must ${rule}`);

  return {
    violated,
    constraint,

    /** An absent number is in every range. */
    checkRange: (
      value: number | undefined,
      member: string,
      [least, most]: [least: number, most: number],
    ): void => {
      if (value === undefined) return;
      if (value > most) throw constraint(value, member, `have value less than or equal to ${most}`);
      if (value < least)
        throw constraint(value, member, `have value greater than or equal to ${least}`);
    },

    /** `allowed` is an enumeration of the SDK, or a list in the order in which AWS prints it. */
    checkOneOf: (value: string | undefined, member: string, allowed: object): void => {
      const values: string[] = Object.values(allowed);
      if (value !== undefined && !values.includes(value))
        throw constraint(value, member, `satisfy enum value set: [${values.join(', ')}]`);
    },
  };
}

const shown = (value: Value): string => (value === undefined ? 'null' : `'${value}'`);
