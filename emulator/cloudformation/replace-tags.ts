interface Tag {
  Key: string;
  Value: string;
}

/** A service's tagging of one resource, in the words that all services share. */
interface Tagging {
  /** Keys of the tags that are there. */
  keys: () => Promise<(string | undefined)[]>;
  remove: (keys: string[]) => Promise<unknown>;
  set: (tags: Tag[]) => Promise<unknown>;
}

/** Makes a resource's tags those that a template wants: TagResource alone leaves the others there. */
export async function replaceTags(
  wanted: readonly Tag[],
  { keys, remove, set }: Tagging,
): Promise<void> {
  const kept = new Set<string | undefined>(wanted.map(({ Key }) => Key));
  const gone = (await keys()).flatMap((key = '') => (kept.has(key) ? [] : [key]));
  if (gone.length > 0) await remove(gone);
  if (wanted.length > 0) await set([...wanted]);
}
