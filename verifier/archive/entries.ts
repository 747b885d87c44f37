/**
 * A file of entries as it is read: its raw bytes are hashed while they are decompressed and cut into lines.
 *
 *     raw bytes ─┬─▶ SHA-256
 *                └─▶ gunzip ─▶ UTF-8, strict ─▶ lines, each ended by '\n'
 *
 * Lines come in batches, so that a reader waits once for many of them. Nothing larger than a chunk and one line is
 * held. Errors are Faults that only this room sees: `file-unreadable` with a reason.
 */
import { Fault } from '../../protocol/wire/fault.ts'
import type { Engine, Gunzip, Next } from '../engine/engine.ts'

/** An entry holds at most one command of 512 KiB and what came of it. */
const LINE_MAX = 16 * 1024 * 1024

export type Reading = {
  /** Batches of lines, in order. Stop early and `finish` reads the rest of the raw bytes all the same. */
  readonly batches: AsyncIterable<readonly string[]>
  /** After the last batch, or after giving up: the digest and the length of the raw bytes. */
  finish(): Promise<{ readonly sha256: string; readonly bytes: number }>
  read(): number
  /** Lets the source go without reading the rest. */
  abandon(): Promise<void>
}

export function readEntries(raw: AsyncIterable<Uint8Array>, engine: Engine): Reading {
  const hasher = engine.hasher()
  let bytes = 0
  const source = raw[Symbol.asyncIterator]()
  async function next(): Promise<Uint8Array | undefined> {
    const came = await source.next()
    if (came.done === true) return undefined
    hasher.update(came.value)
    bytes += came.value.length
    return came.value
  }
  return {
    batches: linesOf(unzipped(engine.gunzip ?? gunzip, next)),
    read: () => bytes,
    abandon: async () => {
      await source.return?.()
    },
    finish: async () => {
      while ((await next()) !== undefined);
      return { sha256: hasher.digest(), bytes }
    },
  }
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let rest = ''
  for await (const chunk of chunks) {
    const text = rest + decode(() => decoder.decode(chunk, { stream: true }))
    const end = text.lastIndexOf('\n')
    rest = text.slice(end + 1)
    if (rest.length > LINE_MAX) throw unreadable('line-too-long')
    if (end >= 0) yield text.slice(0, end).split('\n')
  }
  decode(() => decoder.decode())
  if (rest !== '') throw unreadable('last-line-unfinished')
}

async function* unzipped(gunzip: Gunzip, next: Next): AsyncGenerator<Uint8Array> {
  try {
    yield* gunzip(next)
  } catch (cause) {
    // A source that breaks off says so itself; what it gave is not at fault.
    if (cause instanceof Fault) throw cause
    throw unreadable('not-gzip', cause)
  }
}

async function* gunzip(next: Next): AsyncGenerator<Uint8Array> {
  const stream = new DecompressionStream('gzip')
  const writing = feed(stream.writable.getWriter(), next)
  // Whoever reads learns of a fault by reading; this promise only must not be left alone with it.
  writing.catch(() => {})
  const readable: ReadableStream<Uint8Array> = stream.readable
  const reader = readable.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      yield value
    }
    await writing
  } finally {
    await reader.cancel().catch(() => {})
    await writing.catch(() => {})
  }
}

async function feed(writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>, next: Next): Promise<void> {
  for (let chunk = await next(); chunk !== undefined; chunk = await next()) {
    await writer.write(chunk as Uint8Array<ArrayBuffer>)
  }
  await writer.close()
}

function decode(run: () => string): string {
  try {
    return run()
  } catch (cause) {
    throw unreadable('not-utf-8', cause)
  }
}

function unreadable(reason: string, cause?: unknown): Fault {
  return new Fault('file-unreadable', { reason }, { cause })
}
