/** Whether the first comes out before the second; false for equals. */
type IsBefore<T> = (first: T, second: T) => boolean;

/** Puts an item into a binary heap, which is a plain array so that it can lie in a state. */
export function pushHeap<T>(heap: T[], item: T, isBefore: IsBefore<T>): void {
  let index = heap.push(item) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!precedes(heap, [index, parent], isBefore)) return;
    swap(heap, parent, index);
    index = parent;
  }
}

/** Takes out the first item of a binary heap. */
export function popHeap<T>(heap: T[], isBefore: IsBefore<T>): T | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (last !== undefined && heap.length > 0) heap[0] = last;
  for (let index = 0; ;) {
    const child = firstChild(heap, index, isBefore);
    if (child >= heap.length || !precedes(heap, [child, index], isBefore)) return first;
    swap(heap, index, child);
    index = child;
  }
}

function firstChild<T>(heap: T[], index: number, isBefore: IsBefore<T>): number {
  const left = index * 2 + 1;
  return left + 1 < heap.length && precedes(heap, [left + 1, left], isBefore) ? left + 1 : left;
}

function precedes<T>(heap: T[], [one, other]: [number, number], isBefore: IsBefore<T>): boolean {
  return isBefore(heap[one] as T, heap[other] as T);
}

function swap<T>(heap: T[], one: number, other: number): void {
  [heap[one], heap[other]] = [heap[other] as T, heap[one] as T];
}
