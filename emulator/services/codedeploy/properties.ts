const rename = (change: (name: string) => string) => {
  const renamed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renamed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, each]) =>
        each === undefined ? [] : [[change(name), renamed(each)]],
      ),
    );
  };
  return renamed as (value: object) => Record<string, unknown>;
};

/** Members of the API as CloudFormation spells them, `alarmConfiguration` → `AlarmConfiguration`, at every depth. */
export const capitalised = rename((name) => name.charAt(0).toUpperCase() + name.slice(1));

/** A template's properties as the API spells them. */
export const uncapitalised = rename((name) => name.charAt(0).toLowerCase() + name.slice(1));
