/**
 * Snapshots as a discardable cache: they make a start sooner and say nothing that the ledger does not say.
 *
 *     start ─▶ load: version, checksum, head in the ledger at that place? ──no──▶ said in one line, full fold
 *                │ yes                                                              │
 *                ▼                                                                  ▼
 *              tail folded ─▶ serve ─▶ second fold of everything in a thread      serve
 *                                        │ the same state? ──no──▶ the snapshot goes and the writer stops
 *                                        ▼ yes
 *              from now on: a new snapshot when enough entries have come, and at a clean stop
 *
 * Only a state that was folded from the first entry on, in this process, is ever written: here after a full start, in
 * the thread after it has confirmed the snapshot that we started from. So a false snapshot has no offspring.
 *
 * Until a snapshot is confirmed, who wrote it could have made us decide wrongly. The entries that would come of it are
 * not what the law gives: the committee refuses their epoch, `genesis verify` names the first of them, and the second
 * fold stops us.
 *
 * Source: spec 2.2 (snapshots are never evidence, re-checked by a background fold).
 */
import { Worker } from 'node:worker_threads'
import { Fault } from '../../../protocol/wire/fault.ts'
import * as Sha256 from '../../../protocol/wire/sha256.ts'
import type { SnapshotLaw } from '../../ports/law.ts'
import type { LedgerReader } from '../../ports/ledger.ts'
import type { LedgerStore } from '../../ports/ledger-store.ts'
import type { Folded } from '../recovery.ts'
import {
  readSnapshot,
  removeSnapshot,
  snapshotFile,
  writeSnapshot,
  type Loaded,
  type Unfit,
  type Written,
} from './file.ts'
import type { Job, Note } from './job.ts'

export type SnapshotNote =
  | { readonly kind: 'loaded'; readonly entries: number }
  | { readonly kind: 'discarded'; readonly code: Unfit }
  | { readonly kind: 'confirmed'; readonly entries: number }
  | { readonly kind: 'kept'; readonly entries: number; readonly bytes: number }
  /** No snapshot for now; the ledger is not concerned. */
  | { readonly kind: 'trouble'; readonly cause: unknown }

export type Snapshots<State> = {
  /** Where the file lies. It exists. */
  readonly folder: string
  readonly law: SnapshotLaw<State>
  /** Names the code and the engine that made a state. */
  readonly version: string
  /** The module that a thread of ours runs. */
  readonly thread: URL
  /** Fewer entries are folded as soon as a snapshot is read. */
  readonly fromEntries?: number
  /** A new snapshot is due after so many entries, or a sixty-fourth of the ledger where that is more. */
  readonly everyEntries?: number
  /** How often it is looked whether one is due. Milliseconds. */
  readonly lookEveryMs?: number
  readonly onNote: (note: SnapshotNote) => void
}

export type Keeper<State> = {
  /** The snapshot that fits this ledger, if there is one. */
  load(store: LedgerStore): Folded<State> | undefined
  /** What was loaded is of no use after all. */
  discard(why: Unfit): void
  /** After the start; `state` is what was folded. `onFalse` is told when what was loaded turns out not to be true. */
  begin(state: State, ledger: LedgerReader, onFalse: (fault: Fault) => void): void
  /** After the last entry; `state` is then undefined where the writer has failed. */
  end(state: State | undefined): Promise<void>
}

const FROM_ENTRIES = 1_000
const EVERY_ENTRIES = 10_000
/** Of the ledger: the tail stays a small part of a start, and the writing a small part of the work. */
const DUE_SHARE = 1 / 64
const LOOK_EVERY_MS = 5_000
/** Entries handed to the thread at a time: the writer waits for about half a millisecond. */
const HANDFUL = 64

export function keeper<State>(settings: Snapshots<State>): Keeper<State> {
  const { law, version, thread, onNote } = settings
  const { fromEntries = FROM_ENTRIES, everyEntries = EVERY_ENTRIES, lookEveryMs = LOOK_EVERY_MS } = settings
  const file = snapshotFile(settings.folder)
  /** The last snapshot whose content this process knows to be right. */
  let known: Written | undefined
  let unconfirmed: Written | undefined
  let folded = false
  let running: { readonly worker: Worker; readonly ended: Promise<void> } | undefined
  let timer: NodeJS.Timeout | undefined

  function load(store: LedgerStore): Folded<State> | undefined {
    const found = readSnapshot(file, version, law)
    const loaded = typeof found === 'string' ? found : (misfit(found, store) ?? found)
    if (typeof loaded === 'string') {
      if (loaded !== 'snapshot-absent') discard(loaded)
      return undefined
    }
    onNote({ kind: 'loaded', entries: loaded.entries })
    const { state, head, entries, ...others } = loaded
    unconfirmed = { entries, ...others }
    return { state, head: { size: entries, hash: head }, lastRecordedAt: law.positionOf(state).recordedAt }
  }

  function discard(code: Unfit): void {
    unconfirmed = undefined
    removeSnapshot(file)
    onNote({ kind: 'discarded', code })
  }

  function keep(state: State): void {
    const { size } = law.positionOf(state)
    if (!folded || size < fromEntries || size === known?.entries) return
    try {
      told(writeSnapshot(file, version, law, state))
    } catch (cause) {
      onNote({ kind: 'trouble', cause })
    }
  }

  function told(written: Written): void {
    known = written
    onNote({ kind: 'kept', entries: written.entries, bytes: written.bytes })
  }

  function begin(state: State, ledger: LedgerReader, onFalse: (fault: Fault) => void): void {
    folded = unconfirmed === undefined
    if (unconfirmed === undefined) keep(state)
    else {
      const { entries, checksum } = unconfirmed
      run({ kind: 'confirm', entries, checksum }, ledger, onFalse)
    }
    timer = setInterval(() => {
      if (running !== undefined || known === undefined) return
      const { size } = ledger.head()
      if (size - known.entries < Math.max(everyEntries, size * DUE_SHARE)) return
      run({ kind: 'make', from: known.checksum }, ledger, onFalse)
    }, lookEveryMs)
    timer.unref()
  }

  function run(work: Job['work'], ledger: LedgerReader, onFalse: (fault: Fault) => void): void {
    const job: Job = { file, version, until: ledger.head().size, work }
    const worker = new Worker(thread, { workerData: job, name: `snapshot-${work.kind}` })
    const ended = Promise.withResolvers<void>()
    running = { worker, ended: ended.promise }
    worker.on('message', (note: Note) => hear(note, worker, ledger, onFalse))
    worker.once('error', (cause) => onNote({ kind: 'trouble', cause }))
    worker.once('exit', () => {
      running = undefined
      ended.resolve()
    })
  }

  function hear(note: Note, worker: Worker, ledger: LedgerReader, onFalse: (fault: Fault) => void): void {
    switch (note.kind) {
      case 'next':
        return hand(worker, ledger, note.from)
      case 'confirmed':
        unconfirmed = undefined
        folded = true
        return onNote(note)
      case 'kept':
        return told(note.written)
      case 'false':
      case 'differs':
        removeSnapshot(file)
        return onFalse(faultOf(note))
      case 'gone':
        return onNote({ kind: 'trouble', cause: new Fault(note.code) })
    }
  }

  function hand(worker: Worker, ledger: LedgerReader, from: number): void {
    try {
      const texts = ledger.read(from, HANDFUL).map(({ text }) => text)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage(texts)
    } catch (cause) {
      onNote({ kind: 'trouble', cause })
      void worker.terminate()
    }
  }

  async function end(state: State | undefined): Promise<void> {
    clearInterval(timer)
    await running?.worker.terminate()
    await running?.ended
    if (state !== undefined) keep(state)
  }

  return { load, discard, begin, end }
}

/** What a snapshot must have in common with the ledger beside it: its last entry, in its place, as it was hashed. */
function misfit({ entries, head }: Loaded<unknown>, store: LedgerStore): Unfit | undefined {
  if (entries > store.size()) return 'snapshot-beyond-the-ledger'
  const row = store.read(entries - 1, 1)[0]
  const fits = row?.seq === entries - 1 && row.hash === head && Sha256.digest(row.text) === head
  return fits ? undefined : 'snapshot-of-another-ledger'
}

function faultOf(note: Extract<Note, { kind: 'false' | 'differs' }>): Fault {
  return note.kind === 'false'
    ? new Fault('ledger-snapshot-false', { entries: note.entries })
    : new Fault('ledger-entry-differs', { seq: note.seq, difference: note.code })
}
