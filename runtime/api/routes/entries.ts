/**
 * Reading the ledger: page by page, or as it grows.
 *
 *     GET /v1/entries?from=0&limit=1000    application/x-ndjson, one canonical entry a line; the Link header
 *                                          names the next page while there is one
 *     GET /v1/stream?from=0                text/event-stream: id = seq, data = the canonical entry
 *
 * The stream resumes after the Last-Event-ID that a browser sends by itself, else at `from`, else at 0. Every
 * entry comes once, in order; canonical JSON has no line breaks, so an entry is one `data` line.
 *
 * Source: WHATWG HTML, server-sent events; spec 2.3 (signers read the stream), 10.3.
 */
import type { Enveloped } from '../../ports/law.ts'
import { Buffer } from 'node:buffer'
import type { LedgerReader } from '../../ports/ledger.ts'
import type { StoredEntry } from '../../ports/ledger-store.ts'
import { integer } from '../parameters.ts'
import type { App, Context, Parts } from '../parts.ts'
import { FRESH, problem, reply } from '../reply.ts'
import { streamed } from '../streams.ts'
import { malformedReply } from './commands.ts'

const DEFAULT_PAGE = 1000
const MAX_PAGE = 10_000

/** Rows made into text at a time. */
const STRIDE = 100

export function entries<State, Command extends Enveloped>(
  app: App,
  { ledger }: Parts<State, Command>,
  { closing, settings: { limits } }: Context,
): void {
  let streams = 0

  app.get('/v1/entries', (c) => {
    const from = integer('from', c.req.query('from'), { absent: 0 })
    if (!from.ok) return malformedReply(from.error)
    const limit = integer('limit', c.req.query('limit'), { absent: DEFAULT_PAGE, max: MAX_PAGE })
    if (!limit.ok) return malformedReply(limit.error)
    const end = Math.min(from.value + limit.value, ledger.head().size)
    const more = end < ledger.head().size && end > from.value
    const next = `</v1/entries?from=${end}&limit=${limit.value}>; rel="next"`
    const body = streamed(lines(ledger, from.value, end), c.env.outgoing, limits.stallMs)
    return reply(200, 'application/x-ndjson', body, more ? { ...FRESH, link: next } : FRESH)
  })

  app.get('/v1/stream', (c) => {
    const last = c.env.incoming.headers['last-event-id']
    const resumed = typeof last === 'string' && last !== ''
    const from = resumed ? integer('Last-Event-ID', last) : integer('from', c.req.query('from'), { absent: 0 })
    if (!from.ok) return malformedReply(from.error)
    if (streams >= limits.streams) return problem('too-many-streams', { retryAfterSeconds: 5 })
    if (c.req.method === 'HEAD') return reply(200, 'text/event-stream', null)
    streams++
    const gone = new AbortController()
    const signal = AbortSignal.any([closing, gone.signal])
    const events = sent(ledger, resumed ? from.value + 1 : from.value, signal, limits.heartbeatMs)
    const onEnd = once(() => {
      streams--
      gone.abort()
    })
    return reply(200, 'text/event-stream', streamed(events, c.env.outgoing, limits.stallMs, onEnd))
  })
}

async function* lines(ledger: LedgerReader, from: number, end: number): AsyncGenerator<Uint8Array> {
  for (let next = from; next < end;) {
    const rows = ledger.read(next, Math.min(STRIDE, end - next))
    next += rows.length
    yield Buffer.from(rows.map((row) => row.text + '\n').join(''))
  }
}

async function* sent(
  ledger: LedgerReader,
  from: number,
  signal: AbortSignal,
  heartbeatMs: number,
): AsyncGenerator<Uint8Array> {
  const news = ledger.follow(from, signal)[Symbol.asyncIterator]()
  yield Buffer.from('retry: 1000\n\n')
  let next = news.next()
  for (;;) {
    const came = await orSilence(next, heartbeatMs)
    if (came === 'silence') {
      yield Buffer.from(': still here\n\n')
      continue
    }
    if (came.done === true) return
    yield Buffer.from(came.value.map(event).join(''))
    next = news.next()
  }
}

function event({ seq, text }: StoredEntry): string {
  return `id: ${seq}\ndata: ${text}\n\n`
}

async function orSilence<T>(news: Promise<T>, afterMs: number): Promise<T | 'silence'> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<'silence'>((resolve) => {
    timer = setTimeout(() => resolve('silence'), afterMs)
    timer.unref()
  })
  try {
    return await Promise.race([news, silence])
  } finally {
    clearTimeout(timer)
  }
}

function once(act: () => void): () => void {
  let done = false
  return () => {
    if (!done) act()
    done = true
  }
}
