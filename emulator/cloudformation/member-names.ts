/** Renames members at every depth; below the names in `asIs` everything stays as it is. */
const renaming =
  (change: (name: string) => string) =>
  (value: object, asIs: readonly string[] = []): Record<string, unknown> => {
    const renamed = (each: unknown): unknown => {
      if (Array.isArray(each)) return each.map(renamed);
      if (typeof each !== 'object' || each === null) return each;
      return Object.fromEntries(
        Object.entries(each).flatMap(([name, member]: [string, unknown]) =>
          member === undefined
            ? []
            : [[change(name), asIs.includes(name) ? member : renamed(member)]],
        ),
      );
    };
    return renamed(value) as Record<string, unknown>;
  };

/** Members of an API in lowerCamel as CloudFormation spells them: `alarmConfiguration` → `AlarmConfiguration`. */
export const capitalised = renaming((name) => name.charAt(0).toUpperCase() + name.slice(1));

/** A template's properties as such an API spells them. */
export const uncapitalised = renaming((name) => name.charAt(0).toLowerCase() + name.slice(1));
