/**
 * Following the ledger: every new entry makes what was asked before worth asking again.
 *
 *     connecting ─▶ live ⇄ silent (the connection broke; the browser tries again by itself)
 */
import type { QueryClient } from '@tanstack/react-query'
import { LIVE } from './keys.ts'

export type StreamState = 'connecting' | 'live' | 'silent'

/** A burst of entries is one reason to ask again, not many. Milliseconds. */
const GATHER_MS = 150

/** Follows from `from` on until the returned function is called. */
export function followEntries(from: number, onEntry: () => void, onState: (state: StreamState) => void): () => void {
  const source = new EventSource(`/v1/stream?from=${from}`)
  let timer: ReturnType<typeof setTimeout> | undefined
  source.addEventListener('open', () => onState('live'))
  source.addEventListener('error', () => onState('silent'))
  source.addEventListener('message', () => {
    timer ??= setTimeout(() => {
      timer = undefined
      onEntry()
    }, GATHER_MS)
  })
  return () => {
    clearTimeout(timer)
    source.close()
  }
}

export function askAgain(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: LIVE })
}
