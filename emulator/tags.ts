interface Tag {
  Key?: string | undefined;
  Value?: string | undefined;
}

/** `[{ Key, Value }]`, as most APIs speak of tags, as a plain record. */
export const tagRecord = (tags: readonly Tag[] = []): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));

/** A record of tags as the list of `{ Key, Value }` that most APIs answer. */
export const tagList = (tags: Record<string, string>): { Key: string; Value: string }[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
