/** Fills `${Identifier}` in a key of a loop's fragment; `&{Identifier}` keeps letters and digits only. */
export const keyWithItems = (key: string, items: Record<string, string>): string =>
  key.replace(/([$&])\{([^}]*)\}/g, (whole, form: string, name: string) => {
    const item = items[name];
    if (item === undefined) return whole;
    return form === '&' ? item.replace(/[^A-Za-z0-9]/g, '') : item;
  });

/** Fills the loops' identifiers in the text of a Fn::Sub, whose other variables stay. */
export const textWithItems = (text: string, items: Record<string, string>): string =>
  text.replace(/\$\{([^}]*)\}/g, (whole, name: string) => items[name.trim()] ?? whole);
