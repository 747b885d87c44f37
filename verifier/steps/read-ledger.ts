/**
 * Steps 2 and 3, in one pass over the entries: each continues the chain of hashes, is signed by whom it names, and is,
 * byte for byte, what the law gives for its command. It stops at the first entry that is not.
 *
 * A fault of an entry and a fault of its file are told apart: where an entry is at fault the file is read to its end,
 * and if its bytes are not those of the manifest, that is the fault.
 *
 * Source: spec 7, steps 2 and 3; spec 2.1, 2.2.
 */
import {
  artifactsOf,
  checksOf,
  emptyState,
  readEntry,
  replay,
  type AdmittedCommand,
  type Difference,
  type EntryToReplay,
  type Prepared,
} from '../../protocol/genesis.ts'
import type { Observed } from '../../protocol/law/chain/types.ts'
import type { SignatureCheck } from '../../protocol/law/constraints/kernel.ts'
import { brokenByEntry, brokenInState, PROPERTIES } from '../../protocol/catalogue/properties/all.ts'
import type { Broken } from '../../protocol/catalogue/properties/property.ts'
import { bundleOf } from '../../protocol/wire/evidence.ts'
import type { Envelope } from '../../protocol/wire/dsse.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { sameChecks } from '../../protocol/wire/same-checks.ts'
import { formatTimestamp } from '../../protocol/wire/time.ts'
import { readEntries, type Reading } from '../archive/entries.ts'
import type { Listed, Manifest } from '../archive/manifest.ts'
import type { FindingCode } from '../findings.ts'
import type { Inquiry } from '../inquiry.ts'
import type { ReadLedger } from '../ledger.ts'
import type { Question } from '../question.ts'
import type { StepId } from '../report.ts'
import { openFile, sameBytes } from './archive.ts'

type Stop = { readonly step: StepId; readonly code: FindingCode; readonly evidence: Evidence }
type Evidence = { readonly [name: string]: string | number }

/** How the law's names for a difference are told here: the chain and its signatures, or the decision. */
const STOPS: { readonly [code: string]: FindingCode } = {
  'entry-repeated': 'entry-repeated',
  'entry-time-runs-back': 'entry-time-runs-back',
  'entry-not-admissible': 'entry-not-admissible',
  'entry-malformed': 'entry-malformed',
  'entry-command-malformed': 'entry-malformed',
}

export async function readLedger(question: Question, manifest: Manifest, inquiry: Inquiry): Promise<ReadLedger> {
  const ledger = emptyLedger()
  const total = manifest.entries.reduce((sum, file) => sum + file.bytes, 0)
  let before = 0
  for (const [epoch, file] of manifest.entries.entries()) {
    const progress = (bytes: number): void =>
      inquiry.progress({ step: 'ledger', done: before + bytes, total, unit: 'bytes' })
    if (!(await readFile(question, ledger, file, epoch, inquiry, progress))) return ledger
    if (!propertiesHold(ledger, inquiry)) return ledger
    before += file.bytes
  }
  const { state, counts } = ledger
  inquiry.looked('ledger', {
    entries: state.books.next,
    signatures: counts.signatures,
    head: state.books.head,
    last_recorded_at: formatTimestamp(state.books.lastRecordedAt),
  })
  inquiry.looked('law', {
    committed: counts.committed,
    withheld: counts.withheld,
    draws: counts.draws,
    properties: PROPERTIES.length,
  })
  return ledger
}

function emptyLedger(): ReadLedger {
  return {
    state: emptyState(),
    observations: [],
    artifacts: new Set(),
    statements: new Map(),
    counts: { signatures: 0, committed: 0, withheld: 0, beaconRounds: 0, draws: 0 },
    closedAt: [],
    changed: new Set(),
  }
}

/** True when every entry of the file holds. */
async function readFile(
  question: Question,
  ledger: ReadLedger,
  file: Listed,
  epoch: number,
  inquiry: Inquiry,
  progress: (bytes: number) => void,
): Promise<boolean> {
  const raw = await openFile(question, file, inquiry)
  if (raw === undefined) return false
  const reading = readEntries(raw, question.engine)
  let stop: Stop | undefined
  try {
    stop = await readBatches(question, ledger, reading, epoch, progress)
  } catch (cause) {
    if (!(cause instanceof Fault) || cause.code !== 'file-unreadable') throw cause
    stop = { step: 'archive', code: 'file-unreadable', evidence: { reason: String(cause.params['reason']) } }
  }
  const read = await reading.finish()
  if (!sameBytes(file, read, inquiry)) return false
  if (stop === undefined) return true
  inquiry.fault(stop.step, stop.code, { seq: ledger.state.books.next, path: file.path }, stop.evidence)
  return false
}

async function readBatches(
  question: Question,
  ledger: ReadLedger,
  reading: Reading,
  epoch: number,
  progress: (bytes: number) => void,
): Promise<Stop | undefined> {
  for await (const batch of reading.batches) {
    for (let at = 0; at < batch.length; at += TOGETHER) {
      const stop = await takeTogether(question, ledger, batch.slice(at, at + TOGETHER), epoch)
      if (stop !== undefined) return stop
    }
    progress(reading.read())
  }
  return undefined
}

/** Entries whose signatures are checked before the first of them is decided: the engine and the law stay in the caches. */
const TOGETHER = 64

async function takeTogether(
  question: Question,
  ledger: ReadLedger,
  texts: readonly string[],
  epoch: number,
): Promise<Stop | undefined> {
  const { state } = ledger
  const entries = texts.map((text, i) => readEntry(text, state.books.next + i))
  const foreseen = entries.map((entry) => (entry.ok ? checksOf(state, entry.value.command) : NOTHING))
  const ahead = await answersTo(
    question,
    foreseen.flatMap((checks) => ('code' in checks ? NOTHING : checks)),
  )
  let at = 0
  for (const [i, entry] of entries.entries()) {
    if (!entry.ok) return stopAt(entry.error)
    const expected = foreseen[i]!
    const before = 'code' in expected ? NOTHING : expected
    const found = ahead.slice(at, (at += before.length))
    // An entry before it may have bound a key.
    const checks = checksOf(state, entry.value.command)
    if ('code' in checks) return { step: 'ledger', code: 'entry-not-admissible', evidence: { reason: checks.code } }
    const signatures = sameChecks(checks, before) ? found : await answersTo(question, checks)
    const stop = decideAgain(ledger, entry.value, signatures, epoch)
    if (stop !== undefined) return stop
  }
  return undefined
}

const NOTHING: readonly SignatureCheck[] = []

/** An engine that answers at once is not waited for. */
async function answersTo({ engine }: Question, checks: readonly SignatureCheck[]): Promise<readonly boolean[]> {
  const answers = checks.map(({ signature, message, publicKey }) =>
    engine.verifySignature(signature, message(), publicKey),
  )
  return areKnown(answers) ? answers : Promise.all(answers.map((answer) => Promise.resolve(answer)))
}

function areKnown(answers: readonly (boolean | Promise<boolean>)[]): answers is readonly boolean[] {
  return answers.every((answer) => typeof answer === 'boolean')
}

function decideAgain(
  ledger: ReadLedger,
  entry: EntryToReplay,
  signatures: readonly boolean[],
  epoch: number,
): Stop | undefined {
  const { state, counts } = ledger
  if (signatures[0] !== true) {
    const { actor, opened } = entry.command
    return { step: 'ledger', code: 'signature-invalid', evidence: { actor, key_id: opened.keyId } }
  }
  const replayed = replay(state, entry, signatures)
  if (!replayed.ok) return stopAt(replayed.error)
  counts.signatures += signatures.length
  note(ledger, replayed.value)
  const [broken] = brokenByEntry(state, replayed.value)
  if (broken !== undefined) return brokenStop(broken, replayed.value.seq)
  if (state.epochs.current !== epoch) {
    return { step: 'archive', code: 'entry-misplaced', evidence: { file_of_epoch: epoch, epoch: state.epochs.current } }
  }
  return undefined
}

/** What must be true of every state, asked of what changed, where an epoch ends and where the archive does. */
function propertiesHold(ledger: ReadLedger, inquiry: Inquiry): boolean {
  const { changed, state } = ledger
  const [first] = brokenInState(state, changed)
  changed.clear()
  if (first === undefined) return true
  const { step, code, evidence } = brokenStop(first)
  inquiry.fault(step, code, { epoch: state.epochs.current }, evidence)
  return false
}

function brokenStop({ property, subject, figures }: Broken, seq?: number): Stop {
  const entry = seq === undefined ? {} : { entry: seq }
  const evidence = { property, subject, figures: JSON.stringify(figures), ...entry }
  return { step: 'law', code: 'property-broken', evidence }
}

function stopAt({ code, part, expected, given }: Difference): Stop {
  const evidence = {
    ...(part === undefined ? {} : { part }),
    ...(expected === undefined ? {} : { expected }),
    ...(given === undefined ? {} : { given }),
  }
  if (code === 'entry-differs' && (part === 'seq' || part === 'previous')) {
    return { step: 'ledger', code: 'entry-out-of-place', evidence }
  }
  const known = STOPS[code]
  return known === undefined
    ? { step: 'law', code: 'entry-differs', evidence }
    : { step: 'ledger', code: known, evidence }
}

function note(ledger: ReadLedger, entry: Prepared): void {
  const { command, seq, outcome } = entry
  const { counts } = ledger
  counts[outcome] += 1
  for (const digest of artifactsOf(command)) ledger.artifacts.add(digest)
  if (command.type === 'chain.observed') ledger.observations.push({ seq, observed: command.body as Observed })
  if (outcome === 'withheld') return
  for (const { subject } of entry.events) ledger.changed.add(subject)
  if (command.type === 'mission.submit') noteStatement(ledger, command)
  for (const { event_type } of entry.events) {
    if (event_type === 'governance.beacon_observed') counts.beaconRounds += 1
    else if (event_type === 'review.assigned' || event_type === 'review.replaced') counts.draws += 1
    else if (event_type === 'governance.epoch_closed') ledger.closedAt.push(entry.recordedAt)
  }
}

function noteStatement(ledger: ReadLedger, command: AdmittedCommand): void {
  const bundle = bundleOf((command.body as { readonly evidence: Envelope }).evidence)
  if (!bundle.ok) return
  const { mission, task, attempt } = bundle.value.statement.predicate
  ledger.statements.set(statementKey(mission, task, attempt), bundle.value.statement)
}

export function statementKey(mission: string, task: string, attempt: number): string {
  return `${mission} ${task} ${attempt}`
}
