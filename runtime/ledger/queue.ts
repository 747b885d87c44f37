/**
 * A first-in-first-out queue with a bound on what it holds, by number and by bytes.
 *
 * Full means refused at the door, never dropped from inside.
 */
export type Capacity = {
  readonly commands: number
  readonly bytes: number
}

export type Queue<T> = {
  /** False when there is no room. An empty queue takes an item of any size. */
  add(item: T, bytes: number): boolean
  take(): T | undefined
  /** From the front, at most so many, and none after the bytes are reached. */
  takeSome(most: number, bytes: number): T[]
  /** The first items, left where they are. */
  peek(most: number): readonly T[]
  size(): number
}

/** Items taken from the front before the array is cut: keeps `take` at constant cost. */
const CUT_AFTER = 1024

export function queue<T>(capacity: Capacity): Queue<T> {
  let items: { readonly item: T; readonly bytes: number }[] = []
  let front = 0
  let held = 0
  const size = (): number => items.length - front

  function take(): { readonly item: T; readonly bytes: number } | undefined {
    const next = items[front]
    if (next === undefined) return undefined
    front++
    held -= next.bytes
    if (front === items.length) {
      items = []
      front = 0
    } else if (front >= CUT_AFTER) {
      items = items.slice(front)
      front = 0
    }
    return next
  }

  return {
    size,
    add(item, bytes) {
      if (size() >= capacity.commands) return false
      if (size() > 0 && held + bytes > capacity.bytes) return false
      items.push({ item, bytes })
      held += bytes
      return true
    },
    peek: (most) => items.slice(front, front + most).map(({ item }) => item),
    take: () => take()?.item,
    takeSome(most, bytes) {
      const taken: T[] = []
      for (let sum = 0; taken.length < most && sum < bytes;) {
        const next = take()
        if (next === undefined) break
        taken.push(next.item)
        sum += next.bytes
      }
      return taken
    },
  }
}
