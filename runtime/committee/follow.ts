/**
 * The entry stream of a runtime, read as any stranger would: over its API, never from its files.
 *
 *     pages until there is no more ─▶ the live stream ─▶ (it broke, or we fell behind) ─▶ pages …
 *
 * What comes live is stamped when it comes, however long its reader then takes: an entry's time is compared with
 * that moment.
 */
import { Fault } from '../../protocol/wire/fault.ts'
import type { Millis } from '../../protocol/wire/time.ts'
import { pause } from '../clock/clock.ts'
import type { Clock } from '../ports/clock.ts'

export type Arrival = {
  readonly text: string
  /** When it came by the live stream; undefined for one that was fetched later. */
  readonly liveAt: Millis | undefined
}

const PAGE = 500
const PAGE_WITHIN_MS = 60_000

/** A runtime says at least every 15 s that its stream lives. */
const SILENCE_MAX_MS = 60_000

/** Characters that may wait for the reader, or for the end of an event; beyond that the stream is given up. */
const BEHIND_MAX = 16 * 1024 * 1024

/** After a stream has ended by itself. Milliseconds. */
const AGAIN_AFTER_MS = 500

/** Entries from `from` on, without end. Rejects with Fault `runtime-unreachable`, or as fetch does. */
export async function* followEntries(
  base: string,
  from: number,
  clock: Clock,
  signal: AbortSignal,
  onCaughtUp: () => void,
): AsyncGenerator<Arrival> {
  let next = from
  while (!signal.aborted) {
    const page = await readPage(base, next, signal)
    for (const text of page) {
      yield { text, liveAt: undefined }
      next += 1
    }
    if (page.length >= PAGE) continue
    onCaughtUp()
    for await (const arrival of readStream(base, next, clock, signal)) {
      yield arrival
      next += 1
    }
    await pause(AGAIN_AFTER_MS, signal)
  }
}

async function readPage(base: string, from: number, signal: AbortSignal): Promise<readonly string[]> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(PAGE_WITHIN_MS)])
  const response = await fetch(`${base}/v1/entries?from=${from}&limit=${PAGE}`, { signal: within })
  if (!response.ok) throw new Fault('runtime-unreachable', { status: response.status })
  return (await response.text()).split('\n').filter((line) => line !== '')
}

/** Read eagerly, so that stamps are true; what the reader has not taken waits here. */
async function* readStream(base: string, from: number, clock: Clock, signal: AbortSignal): AsyncGenerator<Arrival> {
  const gone = new AbortController()
  const waiting: Arrival[] = []
  let size = 0
  let ended = false
  let wake = Promise.withResolvers<void>()
  const reading = readEvents(base, from, AbortSignal.any([signal, gone.signal]), (text) => {
    waiting.push({ text, liveAt: clock.now() })
    size += text.length
    wake.resolve()
    return size < BEHIND_MAX
  }).finally(() => {
    ended = true
    wake.resolve()
  })
  // Its fault is told below, after what came before it.
  reading.catch(() => {})
  try {
    for (;;) {
      const next = waiting.shift()
      if (next !== undefined) {
        size -= next.text.length
        yield next
      } else if (ended) {
        return await reading
      } else {
        await wake.promise
        wake = Promise.withResolvers()
      }
    }
  } finally {
    gone.abort()
    await reading.catch(() => {})
  }
}

/** Until the stream ends, falls silent, or `take` has enough. */
async function readEvents(
  base: string,
  from: number,
  signal: AbortSignal,
  take: (text: string) => boolean,
): Promise<void> {
  const silent = new AbortController()
  const watch = setTimeout(
    () => silent.abort(new Fault('runtime-unreachable', { silent_ms: SILENCE_MAX_MS })),
    SILENCE_MAX_MS,
  )
  try {
    const response = await fetch(`${base}/v1/stream?from=${from}`, {
      signal: AbortSignal.any([signal, silent.signal]),
      headers: { accept: 'text/event-stream' },
    })
    if (!response.ok || response.body === null) throw new Fault('runtime-unreachable', { status: response.status })
    let buffered = ''
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      watch.refresh()
      const events = (buffered + chunk).split('\n\n')
      buffered = events.pop() ?? ''
      if (buffered.length > BEHIND_MAX) throw new Fault('runtime-unreachable', { event_characters: buffered.length })
      for (const event of events) {
        const text = dataOf(event)
        if (text !== undefined && !take(text)) return
      }
    }
  } finally {
    clearTimeout(watch)
  }
}

/** The data of one server-sent event; comments (heartbeats) have none. */
function dataOf(event: string): string | undefined {
  const lines = event.split('\n').filter((line) => line.startsWith('data:'))
  return lines.length === 0 ? undefined : lines.map((line) => line.slice(line.startsWith('data: ') ? 6 : 5)).join('\n')
}
