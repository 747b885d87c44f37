/**
 * Any sequence of commands, sensible and not (S-01 … S-07, I-07, D-14; spec 2.2): what must hold after every one.
 *
 * Half of the commands are a next step that could be right, half are noise: any type from anybody about anything, old
 * envelopes again, spent nonces, waiting. All are really signed.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { formatTimestamp } from '../../../protocol/wire/time.ts'
import { signRound } from '../../../protocol/wire/beacon.ts'
import { parseRecord } from '../../../protocol/wire/canonical-json.ts'
import { domainOf } from '../../../protocol/law/constraints/event.ts'
import { allCommandTypes } from '../../../protocol/law/commands.ts'
import { dueEnd } from '../../../protocol/law/epoch/schedule.ts'
import { shownState, taskOf } from '../../../protocol/law/mission/state.ts'
import { worldOf } from '../../../protocol/law/world.ts'
import { sealOf } from '../../../protocol/law/review/seal.ts'
import { isSeated, reviewKey } from '../../../protocol/law/review/state.ts'
import type { Verdict } from '../../../protocol/law/review/event.ts'
import type { Recorded } from '../../../protocol/genesis.ts'
import { bodyOf } from '../../support/law/bodies.ts'
import { digestOfSubjects, digestOfWhole } from '../../support/law/digest-of-state.ts'
import { copyOf, fork } from '../../support/law/fork.ts'
import { decided, decision, evidence, observed, oneTask, OUTPUT, SALT, scopeBody } from '../../support/law/flow.ts'
import {
  ADA,
  INTEGRATOR,
  MACHINES,
  NOOR,
  OPERATORS,
  PLANNER,
  RUNTIME,
  WORKER,
  type Person,
} from '../../support/law/people.ts'
import { replayAll } from '../../support/law/replayed.ts'
import { BEACON_SECRET, founded, type Bench, type Sender } from '../../support/law/world.ts'

const base = founded()
const PEOPLE: readonly Person[] = [ADA, NOOR, ...OPERATORS]
const SENDERS: readonly Sender[] = [...PEOPLE, ...MACHINES, RUNTIME]
const MISSIONS = ['m-1', 'm-2'] as const
const CLASSES = ['documentation_update', 'internal_operations_change', 'regulated_analysis'] as const
const TYPES = allCommandTypes()
  .map(({ type }) => type)
  .filter((type) => type !== 'mission.decide')
const SUBJECTS = [
  ...MISSIONS,
  'noor',
  'bea',
  'worker-1',
  'runtime',
  'epochs',
  'beacon',
  'chain',
  'unknown',
  '__proto__',
]

type Move =
  | { readonly kind: 'step'; readonly mission: string; readonly pick: number }
  | {
      readonly kind: 'noise'
      readonly sender: Sender
      readonly type: string
      readonly subject: string
      readonly urgent: boolean
    }
  | { readonly kind: 'again'; readonly pick: number }
  | { readonly kind: 'reuse'; readonly pick: number }
  | { readonly kind: 'wait'; readonly ms: number }

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('step' as const),
      mission: fc.constantFrom(...MISSIONS),
      pick: fc.nat(1000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('noise' as const),
      sender: fc.constantFrom(...SENDERS),
      type: fc.constantFrom(...TYPES),
      subject: fc.constantFrom(...SUBJECTS),
      urgent: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('again' as const), pick: fc.nat(1000) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reuse' as const), pick: fc.nat(1000) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 250, 10_000, 60_000, 3_600_000, 50 * 3_600_000),
    }),
  },
)

type Sendings = readonly (readonly [sender: Sender, type: string, subject: string, body: unknown])[]

/** A command that could be the next of this mission, as its state is. */
function nextOf(bench: Bench, mission: string, pick: number): Sendings {
  const found = bench.state.missions.get(mission)
  const task = taskOf(found, 't-1')
  const on = (sender: Sender, type: string, body: unknown): Sendings => [[sender, type, mission, body]]
  if (found === undefined)
    return on(pick % 3 === 0 ? OPERATORS[0] : NOOR, 'mission.create', { title: 'T', summary: 'S' })
  if (pick % 17 === 0)
    return on(
      NOOR,
      found.held === undefined ? 'mission.hold' : 'mission.release',
      found.held === undefined ? { reason: 'R' } : {},
    )
  const owner = PEOPLE.find(({ id }) => id === found.owner)!
  switch (found.status) {
    case 'Draft':
      return on(
        owner,
        'mission.scope',
        scopeBody(CLASSES[pick % 3], { domain_type: pick % 11 === 0 ? 'mixed' : 'objective' }),
      )
    case 'Scoped':
      return on(PLANNER, 'mission.plan', oneTask())
    case 'Completed':
    case 'Rejected':
      return on(PLANNER, 'mission.replan', oneTask())
    case 'FinalHumanGate':
      return bench.state.chain.committed.has(worldOf(bench.state).epochOfSeq(found.gate.seq)) && pick % 5 > 0
        ? deciding(bench, mission, pick)
        : publishing(bench)
    case 'Working':
      break
  }
  switch (task?.status) {
    case 'Decomposed':
      return on(WORKER, 'mission.start', { task: 't-1' })
    case 'InProgress':
      return on(WORKER, 'mission.submit', { task: 't-1', evidence: evidence(bench, mission, task.attempt + 1) })
    case 'Rework':
      return on(WORKER, 'mission.correct', { task: 't-1' })
    case 'Integrated':
      return on(INTEGRATOR, 'mission.integrate', { outputs: [OUTPUT], summary: 'S' })
    case 'EvidenceAttached':
    case 'UnderReview':
      return reviewing(bench, mission, pick)
    case undefined:
      return []
  }
}

function publishing(bench: Bench): Sendings {
  const { epochs, chain, founded: facts } = bench.state
  const missing = epochs.closed.find(({ epoch }) => !chain.committed.has(epoch))
  if (missing !== undefined) {
    const log = { event: 'EpochCommitted', epoch: missing.epoch, commitment: missing.commitment }
    return [[RUNTIME, 'chain.observed', 'chain', observed(log, 'commitment_log')]]
  }
  const { epochMs, development } = facts!.deployment
  const end = dueEnd({ lastEnd: epochs.lastEnd, epochMs, development }, bench.now(), true)
  if (end === undefined) bench.wait(60_000)
  return end === undefined
    ? []
    : [[RUNTIME, 'epoch.close', 'epochs', { epoch: epochs.current, end: formatTimestamp(end) }]]
}

function deciding(bench: Bench, mission: string, pick: number): Sendings {
  const person = PEOPLE[pick % PEOPLE.length]!
  const signer = pick % 5 === 0 ? PEOPLE[(pick + 1) % PEOPLE.length]! : person
  const more = pick % 7 === 0 ? { iCommitIt: false } : {}
  const log = decided(bench, mission, person, pick % 4 === 0 ? 'reject' : 'approve', more, signer)
  return [[RUNTIME, 'chain.observed', 'chain', observed(log, 'final_gate')]]
}

function reviewing(bench: Bench, mission: string, pick: number): Sendings {
  const review = bench.state.reviews.byTask.get(reviewKey(mission, 't-1'))
  if (review?.status === 'awaiting_beacon') {
    const { round } = review.frozen
    bench.wait(10_000)
    return [[RUNTIME, 'beacon.observed', 'beacon', { round, signature: signRound(BEACON_SECRET, round).signature }]]
  }
  if (review?.status === 'blocked') return [[NOOR, 'review.reopen', mission, { task: 't-1' }]]
  if (!isSeated(review) || review.status === 'concluded') return []
  if (pick % 23 === 0) return [[RUNTIME, 'review.close', mission, { task: 't-1' }]]
  const verdict: Verdict = pick % 13 === 0 ? 'rework' : 'approve'
  return [...review.seats.values()].flatMap(({ member, commitment, decision: said }): Sendings => {
    const seat = SENDERS.find(({ id }) => id === member.id)!
    const own = decision(member.id, mission, commitment === undefined ? verdict : 'approve', {
      attempt: review.attempt,
    })
    if (review.status === 'sealing') {
      if (commitment !== undefined) return []
      return [
        [seat, 'review.commit', mission, { task: 't-1', commitment: sealOf(own, Buffer.from(SALT, 'hex')) }] as const,
      ]
    }
    const either = (['approve', 'rework'] as const).map((word) =>
      decision(member.id, mission, word, { attempt: review.attempt }),
    )
    const sealed = either.find((one) => sealOf(one, Buffer.from(SALT, 'hex')) === commitment) ?? own
    return said === undefined ? [[seat, 'review.reveal', mission, { task: 't-1', decision: sealed, salt: SALT }]] : []
  })
}

function play(bench: Bench, sent: string[], one: Move): void {
  switch (one.kind) {
    case 'wait':
      bench.wait(one.ms)
      return
    case 'step':
      for (const [sender, type, subject, body] of nextOf(bench, one.mission, one.pick)) {
        give(bench, sent, bench.envelope(sender, type, subject, body))
      }
      return
    case 'noise': {
      const options = one.urgent ? ({ urgent: true } as const) : {}
      give(bench, sent, bench.envelope(one.sender, one.type, one.subject, bodyOf(one.type), options))
      return
    }
    case 'again': {
      const envelope = sent[one.pick % Math.max(1, sent.length)]
      if (envelope !== undefined) give(bench, sent, envelope)
      return
    }
    case 'reuse':
      give(
        bench,
        sent,
        bench.envelope(NOOR, 'mission.create', `r-${one.pick}`, { title: 'T', summary: 'S' }, { nonce: 'spent' }),
      )
  }
}

/** Whatever comes of it, these hold. */
function give(bench: Bench, sent: string[], envelope: string): void {
  const before = { subjects: digestOfSubjects(bench.state), next: bench.state.books.next, head: bench.state.books.head }
  const known = sent.includes(envelope)
  const recorded: Recorded = bench.give(envelope)
  if (recorded.kind !== 'entry') {
    assert.equal(bench.state.books.next, before.next)
    assert.equal(digestOfSubjects(bench.state), before.subjects, 'an unrecorded command changed a subject')
    return
  }
  sent.push(envelope)
  const { entry } = recorded
  assert.ok(!known, 'an answered command was answered again')
  assert.equal(entry.seq, before.next)
  assert.ok(parseRecord(entry.text).ok, 'an entry is canonical')
  assert.equal((JSON.parse(entry.text) as { previous: string }).previous, before.head)
  if (entry.outcome === 'withheld') {
    assert.equal(digestOfSubjects(bench.state), before.subjects, 'a withheld command changed a subject')
    assert.ok(entry.violations.length > 0)
  } else {
    assert.ok(entry.events.length > 0, 'a committed command has an event')
  }
  entry.events.forEach((event, i) => {
    assert.ok(domainOf(event.event_type) !== undefined, event.event_type)
    assert.equal(event.event_id, `${String(entry.seq).padStart(12, '0')}-${String(i).padStart(3, '0')}`)
  })
}

type Told = {
  readonly outcome: string
  readonly events?: readonly { event_type: string; subject: string; data: { [name: string]: unknown } }[]
}

function holds(bench: Bench): void {
  const events = bench.texts.flatMap((text) => (JSON.parse(text) as Told).events ?? [])
  for (const [id, mission] of bench.state.missions) {
    const own = events.filter(({ event_type, subject }) => subject === id && event_type.startsWith('mission.'))
    const completed = own.filter(({ event_type }) => event_type === 'mission.completed')
    assert.ok(completed.length <= 1, 'a subject ends once')
    assert.equal(completed.length === 1, shownState(mission) === 'Completed')
    if (completed.length === 1) assert.equal(own.at(-1), completed[0], 'what is complete does not change')
    if (completed.length === 1 && 'tier' in mission && mission.tier === 'R2') {
      const signed = completed[0]!.data.decision as { approver: string; decision: string }
      assert.equal(completed[0]!.data.by, 'human')
      assert.equal(signed.decision, 'approve')
      assert.ok(bench.state.identities.humans.has(signed.approver))
      const operated = [...mission.everWorked, ...mission.everReviewed, mission.scope.planner, mission.scope.integrator]
      assert.ok(
        !operated.some(
          (name) => name === signed.approver || bench.state.machines.get(name)?.operator === signed.approver,
        ),
      )
    }
    if ('plan' in mission) assert.ok(mission.plan.tasks.size > 0)
  }
  for (const review of bench.state.reviews.byTask.values()) {
    if (!isSeated(review)) continue
    const mission = bench.state.missions.get(review.mission)!
    const members = [...review.seats.values()].map(({ member }) => member)
    assert.equal(new Set(members.map(({ operator }) => operator)).size, members.length)
    for (const { id, operator } of members) {
      assert.ok(
        ![...mission.everWorked, mission.owner].includes(id) && operator !== mission.owner,
        'nobody reviews their own work',
      )
    }
  }
  for (const [subject, revision] of bench.state.books.revisions) {
    assert.equal(revision, events.filter((event) => event.subject === subject).length, `revision of ${subject}`)
  }
}

describe('any sequence of commands', () => {
  const reached = new Map<string, number>()
  const outcomes = { committed: 0, withheld: 0 }

  it('leaves all that must hold, and replays', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 40, maxLength: 80 }), (moves) => {
        const bench = fork(base)
        const sent: string[] = []
        for (const one of moves) play(bench, sent, one)
        holds(bench)
        const replayed = replayAll(bench.texts.slice(base.texts.length), copyOf(base.state))
        assert.ok(replayed.ok, JSON.stringify(replayed))
        assert.equal(digestOfWhole(replayed.value), digestOfWhole(bench.state))
        for (const mission of bench.state.missions.values()) {
          const state = `${'tier' in mission ? mission.tier : '-'} ${shownState(mission)}`
          reached.set(state, (reached.get(state) ?? 0) + 1)
        }
        for (const text of bench.texts)
          outcomes[(JSON.parse(text) as { outcome: 'committed' | 'withheld' }).outcome] += 1
      }),
      { seed: 20_260_213, numRuns: 30, endOnFailure: true },
    )
  })

  it('came far enough to mean something: all tiers completed', () => {
    assert.ok((reached.get('R0 Completed') ?? 0) > 0, JSON.stringify([...reached]))
    assert.ok((reached.get('R2 Completed') ?? 0) > 0, JSON.stringify([...reached]))
    assert.ok(outcomes.withheld > 200 && outcomes.committed > 800, JSON.stringify(outcomes))
  })
})
