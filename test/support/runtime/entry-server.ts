/**
 * The part of a runtime's API that a committee member sees, served from a list of entries that the test may bend:
 *
 *     GET /v1/entries?from=&limit=   GET /v1/stream?from=   POST /v1/certificates/:epoch/shares
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'

export type BroughtShare = {
  readonly epoch: number
  readonly member: number
  readonly commitment: string
  readonly signature: string
}

export type EntryServer = {
  readonly url: string
  /** What it serves; a test may change it under the readers. */
  texts: string[]
  /** One more entry, to everybody who follows live. */
  push(text: string): void
  readonly shares: BroughtShare[]
  /** What a share is answered, by default 202. Runs when the share arrives. */
  onShare: (share: BroughtShare) => number
  /** Waits before a page is answered. */
  onPage: (from: number) => Promise<void>
  /** Ends all live streams. */
  cut(): void
  streams(): number
  close(): Promise<void>
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of incoming.setEncoding('utf8')) body += String(chunk)
  return body
}

export async function serveEntries(t: Pick<TestContext, 'after'>, texts: readonly string[]): Promise<EntryServer> {
  const live = new Set<{ next: number; response: ServerResponse }>()
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing).catch(() => outgoing.destroy())
  })

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', 'http://server')
    const from = Number(url.searchParams.get('from') ?? 0)
    if (url.pathname === '/v1/entries') {
      const limit = Number(url.searchParams.get('limit'))
      await entries.onPage(from)
      const page = entries.texts.slice(from, from + limit)
      outgoing.end(page.map((text) => `${text}\n`).join(''))
      return
    }
    if (url.pathname === '/v1/stream') {
      outgoing.writeHead(200, { 'content-type': 'text/event-stream' })
      outgoing.write('retry: 1000\n\n')
      const reader = { next: from, response: outgoing }
      live.add(reader)
      incoming.on('close', () => live.delete(reader))
      send(reader)
      return
    }
    const body = await bodyOf(incoming)
    const epoch = Number(/certificates\/(\d+)\/shares/.exec(url.pathname)?.[1])
    const share = { epoch, ...(JSON.parse(body) as object) } as BroughtShare
    entries.shares.push(share)
    outgoing.writeHead(entries.onShare(share)).end('{}')
  }

  function send(reader: { next: number; response: ServerResponse }): void {
    for (; reader.next < entries.texts.length; reader.next++) {
      reader.response.write(`id: ${reader.next}\ndata: ${entries.texts[reader.next]}\n\n`)
    }
  }

  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  const entries: EntryServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    texts: [...texts],
    push: (text) => {
      entries.texts.push(text)
      for (const reader of live) send(reader)
    },
    shares: [],
    onShare: () => 202,
    onPage: async () => {},
    cut: () => {
      for (const { response } of live) response.end()
      live.clear()
    },
    streams: () => live.size,
    close,
  }
  t.after(close)
  return entries
}
