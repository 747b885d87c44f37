/** The entry stream of a runtime, read as any stranger would: over its API, never from its files. */
import { Fault } from '../../protocol/wire/fault.ts'

const PAGE = 500

/** Entries from `from` on, without end: pages first, then the live stream, and again after every break. */
export async function* followEntries(
  base: string,
  from: number,
  signal: AbortSignal,
  onCaughtUp: () => void,
): AsyncGenerator<{ text: string; live: boolean }> {
  let next = from
  while (!signal.aborted) {
    const page = await readPage(base, next, signal)
    for (const text of page) {
      yield { text, live: false }
      next += 1
    }
    if (page.length === PAGE) continue
    onCaughtUp()
    for await (const text of readStream(base, next, signal)) {
      yield { text, live: true }
      next += 1
    }
  }
}

async function readPage(base: string, from: number, signal: AbortSignal): Promise<readonly string[]> {
  const response = await fetch(`${base}/v1/entries?from=${from}&limit=${PAGE}`, { signal })
  if (!response.ok) throw new Fault('runtime-unreachable', { status: response.status })
  return (await response.text()).split('\n').filter((line) => line !== '')
}

async function* readStream(base: string, from: number, signal: AbortSignal): AsyncGenerator<string> {
  const response = await fetch(`${base}/v1/stream?from=${from}`, {
    signal,
    headers: { accept: 'text/event-stream' },
  })
  if (!response.ok || response.body === null) throw new Fault('runtime-unreachable', { status: response.status })
  let buffered = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    buffered += chunk
    let end = buffered.indexOf('\n\n')
    while (end >= 0) {
      const text = dataOf(buffered.slice(0, end))
      buffered = buffered.slice(end + 2)
      if (text !== undefined) yield text
      end = buffered.indexOf('\n\n')
    }
  }
}

/** The data of one server-sent event; comments (heartbeats) have none. */
function dataOf(event: string): string | undefined {
  const lines = event.split('\n').filter((line) => line.startsWith('data:'))
  return lines.length === 0 ? undefined : lines.map((line) => line.slice(line.startsWith('data: ') ? 6 : 5)).join('\n')
}
