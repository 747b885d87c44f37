/**
 * The one writer: commands wait in one queue, a batch takes what is waiting, one fsync makes it true.
 *
 *     submit ──▶ queue ──▶ ┌ verify, decide, build the entry ┐ × n ──▶ append (fsync) ──▶ publish ──▶ answer all
 *                          └ the state moves forward in place ┘
 *
 * Between the first decision of a batch and the end of its append the state in memory is ahead of the disk.
 * Nobody sees it there: questions wait for the end of the batch, readers read what was published, and every
 * answer of the batch, refusals too, is given after the append. If anything fails in between (the disk is
 * full, an I/O error, a fault of the law) the batch is neither acknowledged nor taken back: the state in
 * memory is useless, the writer stops for good, and the next start folds the state from what the disk holds.
 *
 * What is true if we die
 * - before the append returns: all rows of the batch are on disk, or none; nobody was told anything. Whoever
 *   sends the same bytes again gets the first answer or a first one.
 * - after it: all are on disk, some who asked may not have heard. The same bytes give the same answer.
 *
 * Source: spec 2.2; the commit-then-publish order is that of transparency-log sequencers (Sunlight).
 */
import { Fault } from '../../protocol/wire/fault.ts'
import type { Millis } from '../../protocol/wire/time.ts'
import type { Clock } from '../ports/clock.ts'
import type { Entry, Enveloped, Law, Outcome } from '../ports/law.ts'
import type { Answer, Ledger, Moment } from '../ports/ledger.ts'
import type { LedgerStore, StoredEntry } from '../ports/ledger-store.ts'
import type { VerifyNow } from '../ports/signatures.ts'
import { queue, type Capacity } from './queue.ts'
import { publisher } from './reader.ts'
import type { Folded } from './recovery.ts'

export type Limits = Capacity & {
  /** Commands of one batch: with about 80 µs each, 512 hold the process for 40 ms. */
  readonly batchCommands: number
  /** Characters of entries after which a batch takes no further command. */
  readonly batchCharacters: number
}

export const DEFAULT_LIMITS: Limits = {
  commands: 8192,
  bytes: 67_108_864,
  batchCommands: 512,
  batchCharacters: 8_388_608,
}

export type Parts<State, Command extends Enveloped> = {
  readonly store: LedgerStore
  readonly law: Law<State, Command>
  readonly verify: VerifyNow
  readonly clock: Clock
  readonly limits: Limits
}

type Waiting<Command> = { readonly command: Command; readonly answer: (answer: Answer) => void }

/** Answers of a batch, held back until its rows are on disk. */
type Prepared = { readonly answer: (answer: Answer) => void; readonly give: () => Answer }

/** An envelope, its payload and the parsed command, roughly. */
const BYTES_PER_CHARACTER = 3

const BUSY: Answer = { kind: 'busy', retryAfterSeconds: 1 }
const CLOSING: Answer = { kind: 'stopped', code: 'ledger-closing' }
const STOPPED: Answer = { kind: 'stopped', code: 'ledger-stopped' }

export function writer<State, Command extends Enveloped>(
  { store, law, verify, clock, limits }: Parts<State, Command>,
  folded: Folded<State>,
): Ledger<State, Command> {
  const { state } = folded
  const reader = publisher(store, folded.head)
  const waiting = queue<Waiting<Command>>(limits)
  const stopped = Promise.withResolvers<Fault>()
  let lastRecordedAt = folded.lastRecordedAt
  let fault: Fault | undefined
  let closing: Promise<void> | undefined
  let scheduled = false
  /** Pending while the state is ahead of the disk. */
  let batch: Promise<void> | undefined

  function submit(command: Command): Promise<Answer> {
    if (fault !== undefined) return Promise.resolve(STOPPED)
    if (closing !== undefined) return Promise.resolve(CLOSING)
    const { promise, resolve } = Promise.withResolvers<Answer>()
    if (!waiting.add({ command, answer: resolve }, BYTES_PER_CHARACTER * command.envelopeText.length))
      return Promise.resolve(BUSY)
    schedule()
    return promise
  }

  /** The next turn of the event loop: all that arrives in this one shares the fsync. */
  function schedule(): void {
    if (scheduled || batch !== undefined || waiting.size() === 0 || fault !== undefined) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      batch = runBatch().finally(() => {
        batch = undefined
        schedule()
      })
    })
  }

  async function runBatch(): Promise<void> {
    const taken: Waiting<Command>[] = []
    try {
      const rows: StoredEntry[] = []
      const prepared: Prepared[] = []
      const recordedAt = moment().recordedAt
      for (let characters = 0; taken.length < limits.batchCommands && characters < limits.batchCharacters;) {
        const next = waiting.take()
        if (next === undefined) break
        taken.push(next)
        const row = decide(next, recordedAt, rows, prepared)
        characters += row?.text.length ?? 0
      }
      // If we die here nothing of the batch has happened, and nobody was told otherwise.
      if (rows.length > 0) await store.append(rows)
      // If we die here all of it has happened, and whoever asks again is told so.
      const last = rows.at(-1)
      if (last !== undefined) {
        lastRecordedAt = recordedAt
        reader.publish(rows, { size: last.seq + 1, hash: last.hash })
      }
      for (const { answer, give } of prepared) answer(give())
    } catch (cause) {
      stop(cause, taken)
    }
  }

  /** Decides one command and, when that makes an entry, moves the state and adds the row. */
  function decide(
    { command, answer }: Waiting<Command>,
    recordedAt: Millis,
    rows: StoredEntry[],
    prepared: Prepared[],
  ): StoredEntry | undefined {
    const checks = law.checksOf(state, command)
    if ('code' in checks) {
      prepared.push({ answer, give: () => ({ kind: 'refused', refusal: checks }) })
      return undefined
    }
    const signatures = checks.map((check) => verify(check.signature, check.message(), check.publicKey))
    const decided = law.record(state, command, { recordedAt, signatures })
    switch (decided.kind) {
      case 'refused':
        prepared.push({ answer, give: () => ({ kind: 'refused', refusal: decided.refusal }) })
        return undefined
      case 'repeated':
        prepared.push({ answer, give: () => firstAnswer(decided.seq) })
        return undefined
      case 'entry': {
        const { seq, hash, text } = decided.entry
        const row: StoredEntry = { seq, hash, text }
        rows.push(row)
        prepared.push({ answer, give: () => recorded(decided.entry) })
        return row
      }
    }
  }

  /** Only after the append: the first answer may stand in the same batch. */
  function firstAnswer(seq: number): Answer {
    const row = reader.read(seq, 1)[0]
    if (row === undefined) throw new Fault('ledger-gap', { seq })
    return { kind: 'recorded', ...row, outcome: outcomeOf(row), repeated: true }
  }

  function moment(): Moment {
    return { seq: reader.head().size, recordedAt: Math.max(lastRecordedAt, clock.now()) as Millis }
  }

  function stop(cause: unknown, taken: readonly Waiting<Command>[]): void {
    fault = cause instanceof Fault ? cause : new Fault('ledger-writer-failed', { reason: String(cause) }, { cause })
    reader.end()
    for (const { answer } of taken) answer(STOPPED)
    for (let next = waiting.take(); next !== undefined; next = waiting.take()) next.answer(STOPPED)
    stopped.resolve(fault)
  }

  async function ask<T>(question: (state: State, moment: Moment) => T): Promise<T> {
    while (batch !== undefined) await batch
    if (fault !== undefined) throw new Fault('ledger-stopped', {}, { cause: fault })
    return question(state, moment())
  }

  async function drain(): Promise<void> {
    while (fault === undefined && (waiting.size() > 0 || batch !== undefined)) {
      await (batch ?? new Promise((resolve) => setImmediate(resolve)))
    }
    reader.end()
    store.close()
  }

  return {
    submit,
    ask,
    head: reader.head,
    read: reader.read,
    follow: reader.follow,
    stopped: stopped.promise,
    close: () => (closing ??= drain()),
  }
}

function recorded({ seq, hash, text, outcome }: Entry): Answer {
  return { kind: 'recorded', seq, hash, text, outcome, repeated: false }
}

/** The row has been decided by the law: it has an outcome. */
function outcomeOf(row: StoredEntry): Outcome {
  return (JSON.parse(row.text) as { outcome: Outcome }).outcome
}
