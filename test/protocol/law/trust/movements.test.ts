/**
 * Trust is an account: over any sequence of commands every column is what a naive book-keeper makes of the recorded
 * events alone, and nothing moves beside them (spec 4.1, 4.2; I-01, I-02, I-03, I-08).
 *
 *     value  = the last `to` of the actor; a settlement may only lower it
 *     risen  = what rose in the open epoch, restorations left out
 *     taken  ≥ given back, by actor and cause: what was taken once comes back once at most
 *     a proof is one for each actor, mission, task, attempt and role; its verdict one of its reviewer's
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Kind } from '../../../../protocol/law/trust/state.ts'
import { placeOf } from '../../../../protocol/law/trust/state.ts'
import { shareOf } from '../../../../protocol/law/trust/twenty.ts'
import { conductAt } from '../../../../protocol/law/trust/conduct.ts'
import { answered, CROWD, filed, heard, OVERTURN, UPHOLD } from '../../../support/law/appeals.ts'
import { decision, publishAll, reviewed, underReview } from '../../../support/law/flow.ts'
import { fork } from '../../../support/law/fork.ts'
import { accused, resolved } from '../../../support/law/lives.ts'
import { withCitizens } from '../../../support/law/panels.ts'
import { ADA, NOOR, OPERATORS, WORKER, type Person } from '../../../support/law/people.ts'
import { completed } from '../../../support/law/trust.ts'
import { founded, type Bench } from '../../../support/law/world.ts'

type Event = { event_type: string; subject: string; event_id: string; data: { [name: string]: unknown } }

const EVERYBODY: readonly Person[] = [ADA, NOOR, ...OPERATORS, ...CROWD]
const base = withCitizens(founded(), CROWD)

function eventsOf(text: string): readonly Event[] {
  return (JSON.parse(text) as { events?: Event[] }).events ?? []
}

/** The books as somebody keeps them who knows the events and no rule. */
function bookkeeper(texts: readonly string[]) {
  const value = new Map<string, number>()
  const risen = new Map<string, number>()
  const owed = new Map<string, number>()
  const proofs: string[] = []
  const verdicts = new Map<string, Set<string>>()
  const noteVerdict = (actor: string, { mission, task, attempt }: Event['data']) =>
    verdicts.set(actor, (verdicts.get(actor) ?? new Set()).add(String([mission, task, attempt])))
  const owe = (key: string, amount: number) => owed.set(key, (owed.get(key) ?? 0) + amount)
  for (const text of texts) {
    for (const { event_type, subject, data } of eventsOf(text)) {
      const figure = (name: string) => data[name] as number
      switch (event_type) {
        case 'governance.human_attested':
        case 'trust.machine_registered':
          if (!value.has(subject)) value.set(subject, figure('trust'))
          break
        case 'trust.settled':
          risen.clear()
          break
        case 'trust.changed':
          assert.ok(figure('from') <= value.get(subject)!, `${subject} rose without an event`)
          if (data.cause !== 'restoration') {
            risen.set(subject, (risen.get(subject) ?? 0) + Math.max(0, figure('to') - figure('from')))
          }
          value.set(subject, figure('to'))
          break
        case 'trust.proof_minted':
          proofs.push([subject, data.mission, data.task, data.attempt, data.role].join(' '))
          if (data.role === 'reviewer') noteVerdict(subject, data)
          break
        case 'trust.failure_recorded':
          if (data.kind === 'contradicted-review') noteVerdict(subject, data)
          owe(String([subject, data.kind, data.mission, data.task, data.incident]), figure('taken'))
          break
        case 'trust.failure_withdrawn':
          owe(String([subject, data.kind, data.mission, data.task, data.incident]), -figure('given'))
          break
        case 'trust.proof_withdrawn':
          owe(String([subject, data.role, data.mission, data.task]), figure('taken'))
          break
        case 'trust.proof_restored':
          owe(String([subject, data.role, data.mission, data.task]), -figure('applied'))
          break
        case 'review.concluded':
          if (data.outcome !== 'rework') break
          for (const one of data.reviews as { reviewer: string; verdict: string; counted: boolean }[]) {
            if (one.counted && one.verdict !== 'approve') noteVerdict(one.reviewer, { mission: subject, ...data })
          }
      }
    }
  }
  return { value, risen, owed, proofs, verdicts }
}

function balance(bench: Bench): void {
  const books = bookkeeper(bench.texts)
  for (const kind of ['human', 'machine'] as readonly Kind[]) {
    const { ids, columns } = bench.state.trust[kind]
    ids.forEach((id, i) => {
      const now = columns.value[i]!
      assert.ok(now <= books.value.get(id)!, `${id} has more than its last event says`)
      assert.equal(columns.risen[i], books.risen.get(id) ?? 0, `${id} has risen`)
      const verdicts = shareOf(conductAt(placeOf(bench.state.trust, id)!, 'verdict'))
      assert.equal(verdicts.d, Math.min(20, books.verdicts.get(id)?.size ?? 0), `${id} has that many verdicts`)
    })
  }
  for (const [what, amount] of books.owed) assert.ok(amount >= 0, `${what} was given back more than was taken`)
  assert.equal(new Set(books.proofs).size, books.proofs.length, 'one proof for each part')
}

type Step =
  | { readonly do: 'complete' | 'rework' | 'publish' | 'accuse' | 'idle' }
  | { readonly do: 'appeal'; readonly nth: number; readonly overturns: boolean }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Step>({ do: 'complete' }) },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ do: 'rework' }, { do: 'accuse' }, { do: 'idle' }) },
  { weight: 3, arbitrary: fc.constant<Step>({ do: 'publish' }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant<'appeal'>('appeal'),
      nth: fc.nat({ max: 5 }),
      overturns: fc.boolean(),
    }),
  },
)

const CONTESTED = [
  'mission.completed',
  'mission.task_rework',
  'governance.incident_resolved',
  'governance.appeal_decided',
]

function take(bench: Bench, one: Step, n: number): void {
  switch (one.do) {
    case 'complete':
      completed(bench, `m-${n}`)
      return
    case 'rework':
      underReview(bench, `m-${n}`)
      reviewed(bench, `m-${n}`, ({ id }) => decision(id, `m-${n}`, 'rework'))
      return
    case 'publish':
      publishAll(bench)
      return
    case 'idle':
      bench.wait(5 * 3_600_000)
      publishAll(bench)
      return
    case 'accuse':
      // The same facts are judged once.
      if (bench.state.incidents.reported.size > 0) return
      accused(bench, `i-${n}`, NOOR.id, CROWD[0]!, { accused: NOOR.id, account: `Number ${n}.`, concerns: [NOOR.id] })
      resolved(bench, `i-${n}`, CROWD[1]!, 'upheld')
      return
    case 'appeal': {
      // What an appeal was filed against takes no second one: the command is withheld, and nothing moves.
      const open = bench.texts
        .flatMap(eventsOf)
        .filter(
          ({ event_type, event_id }) => CONTESTED.includes(event_type) && !bench.state.appeals.against.has(event_id),
        )
      const contested = open[one.nth % Math.max(1, open.length)]
      if (contested === undefined) return
      const recorded = filed(bench, NOOR, `a-${n}`, contested.event_id)
      if (recorded.kind !== 'entry' || recorded.entry.outcome !== 'committed') return
      if (bench.state.appeals.byId.get(`a-${n}`)?.status === 'answering') answered(bench, `a-${n}`, EVERYBODY)
      heard(bench, `a-${n}`, one.overturns ? OVERTURN : UPHOLD, EVERYBODY)
    }
  }
}

describe('over any sequence of commands', () => {
  it('every movement of trust is recorded, given back is at most what was taken, and nothing counts twice', () => {
    let withdrawn = 0
    fc.assert(
      fc.property(fc.array(step, { minLength: 6, maxLength: 14 }), (steps) => {
        const bench = fork(base)
        steps.forEach((one, n) => take(bench, one, n))
        balance(bench)
        withdrawn += bench.texts
          .flatMap(eventsOf)
          .filter(({ event_type }) => event_type === 'trust.failure_withdrawn').length
      }),
      { seed: 4502, numRuns: 12 },
    )
    // The sequences do reach what is tested here.
    assert.ok(withdrawn > 3, String(withdrawn))
  })

  it('is seen: a movement without its event, or one verdict counted twice, does not balance', () => {
    const bench = fork(base)
    completed(bench, 'm-1')
    publishAll(bench)
    balance(bench)
    const { cohort, index } = placeOf(bench.state.trust, WORKER.id)!
    cohort.columns.value[index]! += 1
    assert.throws(() => balance(bench), /more than its last event says/)
    cohort.columns.value[index]! -= 1
    cohort.columns.risen[index]! += 1
    assert.throws(() => balance(bench), /has risen/)
  })
})
