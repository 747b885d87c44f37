/**
 * A store whose next append can be told to fail, in the two forms a disk knows: nothing was written, or all
 * was written and only the answer got lost.
 */
import { Fault } from '../../protocol/wire/fault.ts'
import type { LedgerStore, StoredEntry } from '../../runtime/ports/ledger-store.ts'

export type Failure = 'not-persisted' | 'persisted'

export type FailingStore = LedgerStore & {
  failNext(failure: Failure): void
  /** Rows of each append so far. */
  readonly appends: number[]
  /** Appends wait for the gate, as they would for a database across a network. */
  hold(): () => void
}

export function failingStore(inner: LedgerStore): FailingStore {
  let failure: Failure | undefined
  let gate: Promise<void> | undefined
  const appends: number[] = []

  function append(rows: readonly StoredEntry[]): void | Promise<void> {
    const failing = failure
    failure = undefined
    appends.push(rows.length)
    if (failing === 'not-persisted') throw new Fault('ledger-store-failed', { reason: 'disk full' })
    if (gate !== undefined) return gate.then(() => inner.append(rows))
    const done = inner.append(rows)
    if (failing === 'persisted') throw new Fault('ledger-store-failed', { reason: 'lost answer' })
    return done
  }

  return {
    size: inner.size,
    read: inner.read,
    close: inner.close,
    append,
    appends,
    failNext: (next) => {
      failure = next
    },
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      gate = promise.then(() => {
        gate = undefined
      })
      return resolve
    },
  }
}
