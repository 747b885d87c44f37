/**
 * Reading along: what is on disk, and what comes to disk while one waits.
 *
 *     writer ──publish(rows on disk)──▶ recent rows ──▶ follow(from) ──▶ stream, signers, agents
 *                                          │ older
 *                                          └──────▶ store
 *
 * A follower holds one number, the next `seq` it wants, and asks. Nothing is queued for it: a slow follower
 * costs no memory and misses nothing, a fast one is woken by the next commit.
 */
import { Fault } from '../../protocol/wire/fault.ts'
import type { Head, LedgerReader } from '../ports/ledger.ts'
import type { LedgerStore, StoredEntry } from '../ports/ledger-store.ts'
import { recent } from './recent.ts'

/** Rows handed to a follower at a time. */
const STRIDE = 256

export type Publisher = LedgerReader & {
  /** Makes rows visible. Only rows that are on disk. */
  publish(rows: readonly StoredEntry[], head: Head): void
  /** Followers end where they are: whoever comes back names the `seq` it wants next. */
  end(): void
}

export function publisher(store: LedgerStore, start: Head): Publisher {
  const cache = recent()
  const waiting = new Set<() => void>()
  let head = start
  let ended = false

  function wake(): void {
    for (const resume of waiting) resume()
    waiting.clear()
  }

  function read(from: number, limit: number): readonly StoredEntry[] {
    if (from >= head.size || limit <= 0) return []
    const wanted = Math.min(limit, head.size - from)
    const rows = cache.read(from, wanted) ?? store.read(from, wanted)
    if (rows[0]?.seq !== from) throw new Fault('ledger-gap', { seq: from })
    return rows
  }

  /** Fulfilled when there is something new, or nothing more to wait for. */
  async function newsAfter(from: number, signal: AbortSignal): Promise<void> {
    if (from < head.size || ended || signal.aborted) return
    const { promise, resolve } = Promise.withResolvers<void>()
    waiting.add(resolve)
    const onAbort = (): void => resolve()
    signal.addEventListener('abort', onAbort, { once: true })
    await promise
    waiting.delete(resolve)
    signal.removeEventListener('abort', onAbort)
  }

  async function* follow(from: number, signal: AbortSignal): AsyncGenerator<readonly StoredEntry[]> {
    let next = from
    while (!signal.aborted && !ended) {
      const rows = read(next, STRIDE)
      next += rows.length
      if (rows.length > 0) yield rows
      else await newsAfter(next, signal)
    }
  }

  return {
    head: () => head,
    read,
    follow,
    publish(rows, newHead) {
      cache.add(rows)
      head = newHead
      wake()
    },
    end() {
      ended = true
      wake()
    },
  }
}
