/**
 * Answers that come in pieces, as fast as the reader takes them.
 *
 * A piece is made when the reader has taken the one before, so a slow reader costs one piece of memory. One that
 * takes nothing for too long is cut off: it can come back and ask from where it was.
 */
import type { ServerResponse } from 'node:http'

export function streamed(
  pieces: AsyncIterable<Uint8Array>,
  outgoing: ServerResponse,
  stallMs: number,
  onEnd: () => void = () => {},
): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]()
  let stall: NodeJS.Timeout | undefined
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(stall)
        const next = await iterator.next()
        if (next.done === true) {
          onEnd()
          controller.close()
          return
        }
        controller.enqueue(next.value)
        stall = setTimeout(() => outgoing.destroy(), stallMs)
        stall.unref()
      },
      async cancel() {
        clearTimeout(stall)
        onEnd()
        await iterator.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}
