import type { ConfigCall, Item } from './state';

/** The last that was recorded of a resource. */
export const latestItem = (key: string, { state }: ConfigCall): Item | undefined =>
  state.items.get(key)?.at(-1);

export const isDeleted = ({ status }: Item): boolean => status === 'ResourceDeleted';

/** The newest item of every resource that was ever recorded. */
export const latestItems = ({ state }: ConfigCall): Item[] =>
  [...state.items.values()].flatMap((history) => history.at(-1) ?? []);
