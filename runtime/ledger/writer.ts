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
import type { Entry, Enveloped, Outcome, Refusal } from '../ports/law.ts'
import type { Answer, Ledger, Moment } from '../ports/ledger.ts'
import type { StoredEntry } from '../ports/ledger-store.ts'
import { checker, UNCHECKED, type Checked } from './checks.ts'
import { queue, type Capacity } from './queue.ts'
import { publisher } from './reader.ts'
import type { Folded, Ingredients } from './recovery.ts'

export type Limits = Capacity & {
  /** Commands of one batch: with about 90 µs each, 128 hold the process for 12 ms. */
  readonly batchCommands: number
  /** Bytes of commands after which a batch takes no further one. */
  readonly batchBytes: number
}

export const DEFAULT_LIMITS: Limits = {
  commands: 8192,
  bytes: 67_108_864,
  batchCommands: 128,
  batchBytes: 8_388_608,
}

export type Parts<State, Command extends Enveloped> = Ingredients<State, Command> & {
  readonly clock: Clock
  readonly limits: Limits
}

/** `halt` stops it for good, as a fault of its own would. */
export type Writer<State, Command> = Ledger<State, Command> & { halt(fault: Fault): void }

type Waiting<Command> = {
  readonly command: Command
  readonly answer: (answer: Answer) => void
  /** Set once other threads have been asked. */
  checked?: Promise<Checked>
}

/** Batches for which signatures are checked ahead: one is decided, one is in the threads, one waits for them. */
const AHEAD = 2
/** Fewer are checked in their turn sooner than a thread would have answered. */
const WORTH_IT = 16

/** An envelope, its payload and the parsed command, roughly. */
const BYTES_PER_CHARACTER = 3

const BUSY: Answer = { kind: 'busy', retryAfterSeconds: 1 }
const CLOSING: Answer = { kind: 'stopped', code: 'ledger-closing' }
const STOPPED: Answer = { kind: 'stopped', code: 'ledger-stopped' }

export function writer<State, Command extends Enveloped>(
  { store, law, verify, threads, clock, limits }: Parts<State, Command>,
  folded: Folded<State>,
  onDrained: (state: State | undefined) => Promise<void> = async () => {},
): Writer<State, Command> {
  const { state } = folded
  const reader = publisher(store, folded.head)
  const checks = checker(law, verify, threads)
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
    const taken = waiting.takeSome(limits.batchCommands, limits.batchBytes)
    try {
      const before = await checkedAhead(taken)
      // All signatures first: the engine's tables stay in the cache, and the law's code after it.
      const checked = taken.map(({ command }, i) => orUnchecked(checks.now(state, command, before?.[i] ?? UNCHECKED)))
      const rows: StoredEntry[] = []
      const recordedAt = moment().recordedAt
      const answers = taken.map(({ command }, i) => decide(command, checked[i]!, recordedAt, rows))
      // If we die here nothing of the batch has happened, and nobody was told otherwise.
      if (rows.length > 0) await store.append(rows)
      // If we die here all of it has happened, and whoever asks again is told so.
      const last = rows.at(-1)
      if (last !== undefined) {
        lastRecordedAt = recordedAt
        reader.publish(rows, { size: last.seq + 1, hash: last.hash })
      }
      taken.forEach(({ answer }, i) => answer(answers[i]!()))
    } catch (cause) {
      stop(cause, taken)
    }
  }

  /** What other threads found on these commands; gives them those that come next, to be checked meanwhile. */
  async function checkedAhead(taken: readonly Waiting<Command>[]): Promise<readonly Checked[] | undefined> {
    lookAhead()
    if (!taken.some((it) => it.checked !== undefined)) return undefined
    return Promise.all(taken.map((it) => it.checked ?? Promise.resolve(UNCHECKED)))
  }

  function lookAhead(): void {
    if (threads === undefined) return
    const next = waiting.peek(AHEAD * limits.batchCommands).filter((it) => it.checked === undefined)
    if (next.length < WORTH_IT) return
    const all = checks.ahead(
      state,
      next.map(({ command }) => command),
    )
    next.forEach((it, i) => {
      it.checked = all.then((found) => found[i]!)
    })
  }

  /**
   * Decides one command and, when that makes an entry, moves the state and adds the row. What is to be checked is
   * asked again, for a command before it in the batch may have bound or revoked a key.
   */
  function decide(command: Command, before: Checked, recordedAt: Millis, rows: StoredEntry[]): () => Answer {
    const checked = checks.now(state, command, before)
    if ('code' in checked) return () => ({ kind: 'refused', refusal: checked })
    const decided = law.record(state, command, { recordedAt, signatures: checked.signatures })
    switch (decided.kind) {
      case 'refused':
        return () => ({ kind: 'refused', refusal: decided.refusal })
      case 'repeated':
        return () => firstAnswer(decided.seq)
      case 'entry': {
        const { seq, hash, text } = decided.entry
        rows.push({ seq, hash, text })
        return () => recorded(decided.entry)
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
    fault ??= cause instanceof Fault ? cause : new Fault('ledger-writer-failed', { reason: String(cause) }, { cause })
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
    // Without a fault the state is what is on disk.
    await onDrained(fault === undefined ? state : undefined)
    store.close()
  }

  return {
    submit,
    ask,
    head: reader.head,
    read: reader.read,
    follow: reader.follow,
    stopped: stopped.promise,
    halt: (cause) => stop(cause, []),
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

function orUnchecked(checked: Checked | Refusal): Checked {
  return 'code' in checked ? UNCHECKED : checked
}
