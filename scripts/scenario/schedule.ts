/**
 * Many stories at once, told in one order: each yields the moment at which it goes on, and whoever's moment is next
 * goes on next; of two with the same moment, the one who asked first. Nothing else decides the order.
 */
import type { Millis } from '../../protocol/wire/time.ts'

/** Goes on when the moment that it yields has come. */
export type Story = AsyncGenerator<Millis, void, void>

type Waiting = { readonly at: Millis; readonly order: number; readonly story: Story }

export type Schedule = {
  add(at: Millis, story: Story): void
  /** The next moment at which something happens. */
  next(): Millis | undefined
  /** Lets the story go on whose turn it is. */
  step(): Promise<void>
}

export function schedule(): Schedule {
  const heap: Waiting[] = []
  let count = 0

  function before(a: Waiting, b: Waiting): boolean {
    return a.at < b.at || (a.at === b.at && a.order < b.order)
  }

  function push(item: Waiting): void {
    let place = heap.push(item) - 1
    while (place > 0) {
      const parent = (place - 1) >> 1
      if (!before(item, heap[parent]!)) break
      heap[place] = heap[parent]!
      place = parent
    }
    heap[place] = item
  }

  function pop(): Waiting | undefined {
    const [top] = heap
    const item = heap.pop()
    if (top === undefined || item === undefined || heap.length === 0) return top
    let place = 0
    for (;;) {
      let child = 2 * place + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1
      if (!before(heap[child]!, item)) break
      heap[place] = heap[child]!
      place = child
    }
    heap[place] = item
    return top
  }

  return {
    add: (at, story) => push({ at, order: count++, story }),
    next: () => heap[0]?.at,
    step: async () => {
      const turn = pop()
      if (turn === undefined) return
      const { done, value } = await turn.story.next()
      if (done !== true) push({ at: value, order: count++, story: turn.story })
    },
  }
}
