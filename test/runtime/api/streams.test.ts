import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import type { Api } from '../../../runtime/api/api.ts'
import { person } from '../../support/tiny-law.ts'
import { post, tinyApi, type TinyApi } from './tiny-api.ts'

const ada = person(1)

async function write({ api, ledger }: TinyApi, count: number, note = ''): Promise<void> {
  const from = ledger.head().size
  for (let i = 0; i < count; i++) {
    assert.equal((await post(api, '/v1/commands', ada.command(`n-${from + i}`, 1, note))).status, 201)
  }
}

type Event = { readonly id: number; readonly data: string }

/** The first `count` events of a stream. */
async function events(api: Api, query: string, count: number, lastEventId?: string): Promise<Event[]> {
  const stop = new AbortController()
  const headers: Record<string, string> = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
  const response = await fetch(`${api.url}/v1/stream${query}`, { signal: stop.signal, headers })
  assert.equal(response.headers.get('content-type'), 'text/event-stream')
  const seen: Event[] = []
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true })
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const found = /^id: (\d+)\ndata: (.*)$/.exec(text.slice(0, end))
      if (found !== null) seen.push({ id: Number(found[1]), data: found[2]! })
      text = text.slice(end + 2)
    }
    if (seen.length >= count) break
  }
  stop.abort()
  return seen
}

const ids = (seen: readonly Event[]): number[] => seen.map((event) => event.id)

test('entries come a line each, as they are on disk, with a link to the next page', async (t) => {
  const tiny = await tinyApi(t)
  await write(tiny, 5)
  const rows = tiny.ledger.read(0, 9)
  const first = await fetch(`${tiny.api.url}/v1/entries?from=1&limit=3`)
  assert.equal(first.headers.get('content-type'), 'application/x-ndjson')
  assert.equal(first.headers.get('link'), '</v1/entries?from=4&limit=3>; rel="next"')
  assert.equal(
    await first.text(),
    rows
      .slice(1, 4)
      .map((row) => row.text + '\n')
      .join(''),
  )
  const last = await fetch(`${tiny.api.url}/v1/entries?from=4&limit=3`)
  assert.equal(last.headers.get('link'), null)
  assert.equal(await last.text(), rows[4]!.text + '\n')
  const none = await fetch(`${tiny.api.url}/v1/entries?from=99`)
  assert.deepEqual([none.status, await none.text()], [200, ''])
})

test('the stream gives what is there and then what comes, each entry once, id = seq', async (t) => {
  const tiny = await tinyApi(t)
  await write(tiny, 3)
  const seen = events(tiny.api, '?from=1', 5)
  await write(tiny, 3)
  const got = await seen
  assert.deepEqual(ids(got), [1, 2, 3, 4, 5])
  assert.deepEqual(
    got.map((event) => event.data),
    tiny.ledger.read(1, 5).map((row) => row.text),
  )
})

test('a stream without a place begins at the first entry; one that resumes begins after the last it had', async (t) => {
  const tiny = await tinyApi(t)
  await write(tiny, 4)
  assert.deepEqual(ids(await events(tiny.api, '', 4)), [0, 1, 2, 3])
  assert.deepEqual(ids(await events(tiny.api, '?from=0', 2, '1')), [2, 3])
})

test('a silent stream says that it lives', async (t) => {
  const { api } = await tinyApi(t, { limits: { heartbeatMs: 20 } })
  const stop = new AbortController()
  const response = await fetch(`${api.url}/v1/stream`, { signal: stop.signal })
  let text = ''
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    text += new TextDecoder().decode(chunk)
    if (text.includes(': still here')) break
  }
  stop.abort()
})

test('there are so many streams and no more, and a reader that leaves makes room', async (t) => {
  const { api } = await tinyApi(t, { limits: { streams: 1 } })
  const stop = new AbortController()
  const first = await fetch(`${api.url}/v1/stream`, { signal: stop.signal })
  const reader = first.body!.getReader()
  await reader.read()
  const second = await fetch(`${api.url}/v1/stream`)
  assert.equal(second.status, 503)
  assert.equal(((await second.json()) as { code: string }).code, 'too-many-streams')
  stop.abort()
  let status = 503
  for (let i = 0; i < 100 && status === 503; i++) {
    await new Promise((resolve) => setTimeout(resolve, 10))
    const third = await fetch(`${api.url}/v1/stream`)
    status = third.status
    await third.body?.cancel()
  }
  assert.equal(status, 200)
})

test('a reader that takes nothing is cut off; it resumes and misses nothing', async (t) => {
  const tiny = await tinyApi(t, { limits: { stallMs: 100 } })
  const note = 'x'.repeat(200_000)
  await write(tiny, 40, note)
  const cut = await new Promise<boolean>((resolve) => {
    const socket = connect(tiny.api.port, '127.0.0.1', () => {
      socket.write('GET /v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n')
      socket.pause()
    })
    socket.on('error', () => resolve(true))
    // The cut shows once what is left in the buffers has been read.
    setTimeout(() => socket.resume(), 1000)
    socket.on('close', () => resolve(true))
    setTimeout(() => resolve(false), 5000).unref()
  })
  assert.equal(cut, true)
  assert.deepEqual(ids(await events(tiny.api, '?from=38', 2)), [38, 39])
})

test('closing ends streams and lets a request finish', async (t) => {
  const { api, store, ledger } = await tinyApi(t)
  const stream = await fetch(`${api.url}/v1/stream`)
  const ended = (async () => {
    for await (const _ of stream.body!);
  })()
  const open = store.hold()
  const written = post(api, '/v1/commands', ada.command('n-1', 1))
  await new Promise((resolve) => setTimeout(resolve, 50))
  const closed = api.close()
  await ended
  open()
  assert.equal((await written).status, 201)
  await closed
  await ledger.close()
  await assert.rejects(fetch(`${api.url}/health`))
})
