/**
 * An entry decided again: whoever folds the ledger requires that it is, byte for byte, what the law gives.
 *
 * Errors: a Difference names the first part that is not so. The state is then as it was before the entry.
 * Source: spec 2.2, 7 (step 3).
 */
import { encode, parseRecord, type Json } from '../wire/canonical-json.ts'
import { err, ok, type Result } from '../wire/result.ts'
import { parseTimestamp, type Millis } from '../wire/time.ts'
import { admit, type AdmittedCommand } from './admission.ts'
import { prepare, type Prepared } from './record.ts'
import type { State } from './state.ts'

export type Difference = {
  readonly seq: number
  readonly code: string
  readonly part?: string
  readonly expected?: string
  readonly given?: string
}

export type EntryToReplay = { readonly text: string; readonly command: AdmittedCommand; readonly recordedAt: Millis }

const HEAD = '{"command":'
const RECORDED = '"recorded_at":"'
const COMMITTED = ',"events":'

/**
 * Read what an entry says about its command and its time. Nothing else of it is believed: the rest is made again
 * and compared, so a text that only looks like an entry differs.
 */
export function readEntry(text: string, seq: number): Result<EntryToReplay, Difference> {
  const end = text.indexOf('"}]}') + 4
  if (!text.startsWith(HEAD) || end < HEAD.length + 4) return err({ seq, code: 'entry-malformed' })
  const command = admit(text.slice(HEAD.length, end))
  if (!command.ok) return err({ seq, code: 'entry-command-malformed', given: command.error.code })
  const committed = text.startsWith(COMMITTED, end)
  const at = committed ? text.lastIndexOf(RECORDED) : text.indexOf(RECORDED, end)
  const recordedAt = parseTimestamp(text.slice(at + RECORDED.length, at + RECORDED.length + 24))
  if (at < 0 || !recordedAt.ok) return err({ seq, code: 'entry-malformed', part: 'recorded_at' })
  return ok({ text, command: command.value, recordedAt: recordedAt.value })
}

/** Decide an entry again on the state before it; `signatures` are the results of its checks. Nothing evolves. */
export function reDecide(
  state: State,
  entry: EntryToReplay,
  signatures: readonly boolean[],
): Result<Prepared, Difference> {
  const seq = state.books.next
  if (entry.recordedAt < state.books.lastRecordedAt) return err({ seq, code: 'entry-time-runs-back' })
  const attempt = prepare(state, entry.command, { recordedAt: entry.recordedAt, signatures })
  if (attempt.kind === 'repeated') return err({ seq, code: 'entry-repeated', given: String(attempt.seq) })
  if (attempt.kind === 'refused') return err({ seq, code: 'entry-not-admissible', given: attempt.refusal.code })
  return attempt.prepared.text === entry.text
    ? ok(attempt.prepared)
    : err(difference(seq, entry.text, attempt.prepared.text))
}

/** The first part in which an entry is not what the law gives. */
function difference(seq: number, given: string, expected: string): Difference {
  const theirs = parseRecord(given)
  const ours = parseRecord(expected)
  if (!theirs.ok) return { seq, code: 'entry-malformed', given: theirs.error.code }
  if (!ours.ok) return { seq, code: 'entry-malformed' }
  const a = theirs.value as { [key: string]: Json }
  const b = ours.value as { [key: string]: Json }
  for (const part of ['seq', 'previous', 'recorded_at', 'outcome', 'violations', 'events', 'command']) {
    const left = textOf(a[part])
    const right = textOf(b[part])
    if (left !== right) return { seq, code: 'entry-differs', part, expected: right, given: left }
  }
  return { seq, code: 'entry-differs', part: 'fields' }
}

function textOf(value: Json | undefined): string {
  return value === undefined ? 'absent' : encode(value).slice(0, 400)
}
