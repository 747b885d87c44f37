/**
 * Work on snapshots in a thread of its own, so that the writer goes on meanwhile.
 *
 *     make      the last snapshot that is known to be right ─▶ the entries since ─▶ a new one
 *     confirm   nothing ─▶ every entry ─▶ is this what the snapshot said that we started from? ─▶ a new one
 *
 * The thread believes nothing it is handed: each entry is read, its signatures are checked, and it is decided again.
 * Entries come from the writer's side on request, a few at a time.
 */
import { parentPort, workerData } from 'node:worker_threads'
import type { Enveloped, Law, SnapshotLaw } from '../../ports/law.ts'
import type { VerifyNow } from '../../ports/signatures.ts'
import { readSnapshot, writeSnapshot, type Written } from './file.ts'
import { digestOfState } from './state-digest.ts'

export type Job = {
  readonly file: string
  readonly version: string
  /** Entries to take. */
  readonly until: number
  readonly work:
    | { readonly kind: 'make'; readonly from: string }
    | { readonly kind: 'confirm'; readonly entries: number; readonly checksum: string }
}

export type Note =
  | { readonly kind: 'next'; readonly from: number }
  | { readonly kind: 'confirmed'; readonly entries: number }
  /** What the ledger gives is not what the snapshot said. */
  | { readonly kind: 'false'; readonly entries: number }
  | { readonly kind: 'differs'; readonly seq: number; readonly code: string }
  | { readonly kind: 'gone'; readonly code: string }
  | { readonly kind: 'kept'; readonly written: Written }

/** The whole life of such a thread. */
export async function work<State, Command extends Enveloped>(
  law: Law<State, Command> & SnapshotLaw<State>,
  verify: VerifyNow,
): Promise<void> {
  const job = workerData as Job
  const rows = handedOver()
  const before = begin(law, job)
  if (typeof before === 'string') return tell({ kind: 'gone', code: before })
  const { state, expected } = before
  for (let next = law.positionOf(state).size; next < job.until;) {
    tell({ kind: 'next', from: next })
    for (const text of await rows()) {
      const code = take(law, verify, state, text, next)
      if (code !== undefined) return tell({ kind: 'differs', seq: next, code })
      next++
      if (next !== expected?.entries) continue
      if (digestOfState(law.saveState(state)) !== expected.digest) return tell({ kind: 'false', entries: next })
      tell({ kind: 'confirmed', entries: next })
    }
  }
  tell({ kind: 'kept', written: writeSnapshot(job.file, job.version, law, state) })
}

type Beginning<State> = {
  readonly state: State
  readonly expected: { readonly entries: number; readonly digest: string } | undefined
}

function begin<State>(
  law: Pick<Law<State, never>, 'emptyState'> & SnapshotLaw<State>,
  { file, version, work }: Job,
): Beginning<State> | string {
  const loaded = readSnapshot(file, version, law, work.kind === 'make' ? work.from : work.checksum)
  if (typeof loaded === 'string') return loaded
  if (work.kind === 'make') return { state: loaded.state, expected: undefined }
  const { entries } = loaded
  return { state: law.emptyState(), expected: { entries, digest: digestOfState(law.saveState(loaded.state)) } }
}

/** Takes one entry into the state, or says why it does not belong there. */
function take<State, Command extends Enveloped>(
  law: Law<State, Command>,
  verify: VerifyNow,
  state: State,
  text: string,
  seq: number,
): string | undefined {
  const entry = law.readEntry(text, seq)
  if (!entry.ok) return entry.error.code
  const checks = law.checksOf(state, entry.value.command)
  if ('code' in checks) return checks.code
  const signatures = checks.map(({ signature, message, publicKey }) => verify(signature, message(), publicKey))
  const replayed = law.replay(state, entry.value, signatures)
  return replayed.ok ? undefined : replayed.error.code
}

function tell(note: Note): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(note)
}

/** What was asked for with `next`. */
function handedOver(): () => Promise<readonly string[]> {
  let arrived: ((texts: readonly string[]) => void) | undefined
  parentPort?.on('message', (texts: readonly string[]) => arrived?.(texts))
  return () =>
    new Promise((resolve) => {
      arrived = (texts) => resolve(texts)
    })
}
