/** A deployment in which nearly everything has happened once: for tests that look at whole ledgers. */
import { sealOf } from '../../../protocol/law/review/seal.ts'
import { formatTimestamp, millis } from '../../../protocol/wire/time.ts'
import { hex } from '../../../protocol/wire/bytes.ts'
import {
  atTheGate,
  closeEpoch,
  decided,
  decision,
  evidence,
  observed,
  oneTask,
  OUTPUT,
  publishAll,
  reinforced,
  reviewed,
  SALT,
  seatedFor,
  started,
  submitted,
  underReview,
} from './flow.ts'
import { ADA, INTEGRATOR, NOOR, OPERATORS, PLANNER, RUNTIME, signerOf, WORKER } from './people.ts'
import { bindingOf, committed, drawNow, founded, type Bench } from './world.ts'

const HOUR = 3_600_000
const [bea, cem] = OPERATORS

/** Two missions to their end, one rejected and planned anew, one blocked, refusals, keys, epochs, a silent reviewer. */
export function busy(bench: Bench = founded()): Bench {
  lowRisk(bench)
  keys(bench)
  highRisk(bench)
  refusals(bench)
  silence(bench)
  contested(bench)
  started(bench, 'm-open')
  committed(bench.send(NOOR, 'mission.hold', 'm-open', { reason: 'The data changed.' }))
  committed(bench.send(NOOR, 'mission.release', 'm-open', {}))
  committed(bench.send(NOOR, 'mission.hold', 'm-open', { reason: 'It changed again.' }))
  incidents(bench)
  committed(closeEpoch(bench))
  const next = { key: hex(signerOf('runtime 2').publicKey), not_after: formatTimestamp(millis(bench.now() + HOUR)) }
  committed(bench.send(ADA, 'runtime.rotate_key', RUNTIME.id, next))
  return bench
}

function lowRisk(bench: Bench): void {
  underReview(bench, 'm-low')
  reviewed(bench, 'm-low', (seat) => decision(seat.id, 'm-low', 'rework'))
  committed(bench.send(WORKER, 'mission.correct', 'm-low', { task: 't-1' }))
  committed(bench.send(WORKER, 'mission.submit', 'm-low', { task: 't-1', evidence: evidence(bench, 'm-low', 2) }))
  committed(drawNow(bench))
  reviewed(bench, 'm-low', (seat) => decision(seat.id, 'm-low', 'approve', { attempt: 2 }))
  committed(bench.send(INTEGRATOR, 'mission.integrate', 'm-low', { outputs: [OUTPUT], summary: 'Done.' }))
}

function keys(bench: Bench): void {
  const end = millis(Math.floor((bench.now() + 240 * HOUR) / 1000) * 1000)
  const not_after = formatTimestamp(end)
  const cli = hex(signerOf('bea cli').publicKey)
  const body = { key: cli, purpose: 'cli', not_after, binding: bindingOf(bea, cli, 'cli', end) }
  committed(bench.send(bea, 'identity.bind_key', 'bea', body))
  committed(bench.send({ id: 'bea', signer: signerOf('bea cli') }, 'identity.enroll_reviewer', 'bea', {}))
  committed(bench.send(bea, 'identity.revoke_key', 'bea', { key: cli }))
  const second = hex(signerOf('worker second').publicKey)
  committed(bench.send(cem, 'machine.add_key', WORKER.id, { key: second, not_after }))
  committed(bench.send(cem, 'machine.revoke_key', WORKER.id, { key: second }))
}

function highRisk(bench: Bench): void {
  atTheGate(bench, 'm-high')
  publishAll(bench)
  const rejected = decided(bench, 'm-high', NOOR, 'reject')
  committed(bench.send(RUNTIME, 'chain.observed', 'chain', observed(rejected, 'final_gate')))
  reinforced(bench)
  committed(bench.send(PLANNER, 'mission.replan', 'm-high', oneTask()))
  committed(bench.send(WORKER, 'mission.start', 'm-high', { task: 't-1' }))
  committed(bench.send(WORKER, 'mission.submit', 'm-high', { task: 't-1', evidence: evidence(bench, 'm-high', 2) }))
  committed(drawNow(bench))
  reviewed(bench, 'm-high', (seat) => decision(seat.id, 'm-high', 'approve', { attempt: 2 }))
  committed(bench.send(INTEGRATOR, 'mission.integrate', 'm-high', { outputs: [OUTPUT], summary: 'Total 42.' }))
  publishAll(bench)
  const approved = decided(bench, 'm-high', NOOR)
  committed(bench.send(RUNTIME, 'chain.observed', 'chain', observed(approved, 'final_gate')))
  const key = { event: 'KeyRegistered', member: 0, key: 'ab'.repeat(96), not_after: 1_790_000_000 }
  committed(bench.send(RUNTIME, 'chain.observed', 'chain', observed(key, 'committee_registry')))
}

/** One resolved, one open. */
function incidents(bench: Bench): void {
  const seen = { kind: 'policy-breach', severity: 'minor', concerns: ['m-low'], account: 'The report has no date.' }
  const dao = OPERATORS[2]
  for (const id of ['i-closed', 'i-open']) {
    const grounds = [id === 'i-open' ? '000000000001-000' : '000000000002-000']
    committed(bench.send(bea, 'incident.report', id, seen, { grounds }))
  }
  const resolution = { resolution: 'dismissed', reason: 'It has one, in its title.' }
  bench.send(dao, 'incident.resolve', 'i-closed', resolution)
  committed(bench.send(ADA, 'incident.resolve', 'i-closed', resolution))
}

function refusals(bench: Bench): void {
  bench.send(bea, 'mission.hold', 'm-low', { reason: 'Not mine.' }, { urgent: true })
  bench.send(WORKER, 'mission.create', 'm-9', { title: 'Mine', summary: 'Now.' })
  bench.send(ADA, 'machine.revoke_key', WORKER.id, { key: WORKER.key })
  bench.send(NOOR, 'mission.create', 'm-low', { title: 'Again', summary: 'Again.' }, { nonce: 'again' })
  bench.send(NOOR, 'mission.create', 'm-10', { title: 'Again', summary: 'Again.' }, { nonce: 'again' })
  bench.send(RUNTIME, 'review.close', 'm-low', { task: 't-1' })
}

function silence(bench: Bench): void {
  submitted(bench, 'm-silent', 'internal_operations_change')
  committed(drawNow(bench))
  const [first] = seatedFor(bench, 'm-silent')
  const said = decision(first!.id, 'm-silent', 'approve')
  const commitment = sealOf(said, Buffer.from(SALT, 'hex'))
  committed(bench.send(first!, 'review.commit', 'm-silent', { task: 't-1', commitment }))
  // Of the five that may review an R2 mission nobody says a word: nobody is left, and the owner opens a new draw.
  underReview(bench, 'm-blocked', 'regulated_analysis')
  bench.wait(49 * HOUR)
  committed(bench.send(RUNTIME, 'review.close', 'm-silent', { task: 't-1' }))
  committed(bench.send(RUNTIME, 'review.close', 'm-blocked', { task: 't-1' }))
  committed(bench.send(NOOR, 'review.reopen', 'm-blocked', { task: 't-1' }))
}

/** The worker's operator contests a rejection; nobody has answered yet. */
function contested(bench: Bench): void {
  const found = [...bench.state.appeals.decisions.values()].find(({ type }) => type === 'mission.task_rework')
  const body = { decision: found?.id, reason_code: 'evidence-ignored', statement: 'The notes were not read.' }
  committed(bench.send(cem, 'appeal.file', 'a-open', body, { grounds: ['000000000000-000'] }))
}
