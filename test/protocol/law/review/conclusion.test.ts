/** What a full set of reviews amounts to (spec 3.2, 3.5; readings R1–R5; C-05, C-14, C-15; I-16 … I-21). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { tally, type Reviewed } from '../../../../protocol/law/review/tally.ts'
import type { SeatFacts, Verdict } from '../../../../protocol/law/review/event.ts'
import type { Topology } from '../../../../protocol/law/constitution/topology.ts'
import { reviewKey } from '../../../../protocol/law/review/state.ts'
import { shownState } from '../../../../protocol/law/mission/state.ts'
import { fork } from '../../../support/law/fork.ts'
import {
  DATA,
  decision,
  evidence,
  NOTES,
  oneTask,
  reviewed,
  scopeBody,
  underReview,
} from '../../../support/law/flow.ts'
import { operational, withholds } from '../../../support/law/outcomes.ts'
import { INTEGRATOR, NOOR, PLANNER, WORKER } from '../../../support/law/people.ts'
import { OUTPUT } from '../../../support/law/flow.ts'
import { committed, drawNow, founded, type Bench } from '../../../support/law/world.ts'

const base = founded()
const constitution = base.state.founded!.constitution
const R1 = constitution.topologyOf('R1')!
const R2 = constitution.topologyOf('R2')!

/** Five as an R2 draw seats them: three families, two methods, five regions, five organizations. */
const FIVE: readonly SeatFacts[] = [
  ['a', 'EU', 'alder', 'f1', 'rule_based_deterministic'],
  ['b', 'ME', 'birch', 'f2', 'rule_based_deterministic'],
  ['c', 'NA', 'cedar', 'f3', 'rule_based_deterministic'],
  ['d', 'SA', 'dogwood', 'f3', 'retrieval_augmented'],
  ['e', 'AF', 'elm', 'f1', 'retrieval_augmented'],
].map(([id, region, organization, model_family, method_type]) => ({
  id: id!,
  operator: `${id}-op`,
  region: region!,
  organization: organization!,
  model_family: model_family!,
  method_type: method_type!,
}))

type Said = Verdict | 'ungrounded'

function reviews(said: readonly Said[], members: readonly SeatFacts[] = FIVE, dispute = false): readonly Reviewed[] {
  return said.map((verdict, i) => ({
    member: members[i]!,
    record: {
      reviewer: members[i]!.id,
      verdict: verdict === 'ungrounded' ? 'approve' : verdict,
      decision: '',
      counted: verdict !== 'ungrounded',
    },
    dispute: dispute && i === 0,
  }))
}

const A = 'approve'
const no = 'reject'

function told(said: readonly Said[], topology: Topology = R2, domain = 'objective', dispute = false) {
  const { outcome, reason, approvals, seats, agreementPermille } = tally(
    reviews(said, FIVE, dispute),
    topology,
    domain,
    constitution.normative.agreementPermille,
  )
  return [outcome, reason, `${approvals} of ${seats}`, agreementPermille]
}

describe('a tally of R2', () => {
  for (const [said, expected] of [
    [
      [A, A, A, A, A],
      ['approved', 'quorum', '5 of 5', 1000],
    ],
    [
      [A, A, A, A, no],
      ['approved', 'quorum', '4 of 5', 800],
    ],
    [
      [A, A, A, no, no],
      ['rework', 'quorum', '3 of 5', 600],
    ],
    [
      [A, A, A, A, 'ungrounded'],
      ['approved', 'quorum', '4 of 5', 1000],
    ],
    [
      [A, A, A, 'ungrounded', 'ungrounded'],
      ['rework', 'quorum', '3 of 5', 1000],
    ],
    [
      ['ungrounded', 'ungrounded', 'ungrounded', 'ungrounded', 'ungrounded'],
      ['rework', 'quorum', '0 of 5', 1000],
    ],
    [
      [no, no, no, no, no],
      ['rework', 'quorum', '0 of 5', 1000],
    ],
    [
      ['rework', 'rework', no, no, A],
      ['rework', 'quorum', '1 of 5', 400],
    ],
    [
      [A, A, A, A],
      ['rework', 'reviewers', '4 of 4', 1000],
    ],
    [[], ['rework', 'reviewers', '0 of 0', 0]],
  ] as const) {
    it(`of ${said.join(', ') || 'nobody'} is ${expected.slice(0, 2).join(', ')}`, () =>
      assert.deepEqual(told(said), expected))
  }

  it('asks for the share as well as the number: more reviewers do not dilute it', () => {
    const ten = Array.from({ length: 10 }, (_, i) => ({ ...FIVE[i % 5]!, id: `m-${i}` }))
    const said = (approvals: number) => Array.from({ length: 10 }, (_, i): Said => (i < approvals ? A : no))
    const outcome = (approvals: number) => tally(reviews(said(approvals), ten), R2, 'objective', 600)
    assert.deepEqual([outcome(7).outcome, outcome(7).reason], ['rework', 'share'])
    assert.deepEqual([outcome(8).outcome, outcome(8).reason], ['approved', 'quorum'])
  })
})

describe('diversity', () => {
  const same = (change: Partial<SeatFacts>) => FIVE.map((member, i) => (i < 4 ? { ...member, ...change } : member))
  for (const [id, change] of [
    ['I-16: one family', { model_family: 'f1' }],
    ['I-17: one method', { method_type: 'rule_based_deterministic' }],
    ['two regions', {}],
    ['two organizations', {}],
  ] as const) {
    it(`missing among those who approve (${id}) is rework, although the five have it`, () => {
      const members =
        id === 'two regions'
          ? FIVE.map((member, i) => ({ ...member, region: ['EU', 'EU', 'ME', 'ME', 'NA'][i]! }))
          : id === 'two organizations'
            ? FIVE.map((member, i) => ({ ...member, organization: ['x', 'x', 'y', 'y', 'z'][i]! }))
            : same(change)
      const last = members.map((member, i) => (i < 4 ? member : FIVE[3]!))
      const fifth = id.includes('family')
        ? { ...FIVE[4]!, model_family: 'f2' }
        : { ...FIVE[4]!, method_type: 'reasoning_model' }
      const five = id.startsWith('I-') ? [...last.slice(0, 4), fifth] : members
      const result = tally(reviews([A, A, A, A, no], five), R2, 'objective', 600)
      assert.deepEqual([result.outcome, result.reason], ['rework', 'diversity'])
      assert.equal(tally(reviews([A, A, A, A, A], five), R2, 'objective', 600).outcome, 'approved')
    })
  }

  it('I-18: of one family is missing in R1', () => {
    const two = FIVE.slice(0, 2).map((member) => ({ ...member, model_family: 'f1' }))
    const result = tally(reviews([A, A], two), R1, 'objective', 600)
    assert.deepEqual([result.outcome, result.reason], ['rework', 'diversity'])
  })
})

describe('a dispute', () => {
  for (const domain of ['objective', 'mixed', 'normative']) {
    it(`flagged by one reviewer sends a ${domain} task to humans, whatever the quorum`, () => {
      assert.deepEqual(told([A, A, A, A, A], R2, domain, true), ['adjudication', 'dispute', '5 of 5', 1000])
    })
  }
})

describe('agreement', () => {
  for (const [said, permille, outcome] of [
    [[A, A, no, no, 'rework'], 400, 'adjudication'],
    [[A, A, A, no, no], 600, 'rework'],
    [[A, A, A, A, no], 800, 'adjudication'],
  ] as const) {
    for (const domain of ['normative', 'mixed']) {
      it(`of ${permille} permille on a ${domain} question is ${outcome}: the threshold is 600, inclusive`, () => {
        const [told_, , , agreed] = told(said, R2, domain)
        assert.deepEqual([told_, agreed], [outcome, permille])
      })
    }
  }

  it('on an objective question is a figure only', () => {
    assert.deepEqual(told([A, A, no, no, 'rework']), ['rework', 'quorum', '2 of 5', 400])
  })

  it('is the largest share of equal verdicts, rounded down, for any set of them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<Verdict>('approve', 'reject', 'rework'), { minLength: 1, maxLength: 5 }),
        (said) => {
          const most = Math.max(
            ...(['approve', 'reject', 'rework'] as const).map((v) => said.filter((s) => s === v).length),
          )
          assert.equal(told(said)[3], Math.floor((1000 * most) / said.length))
        },
      ),
      { seed: 7, numRuns: 300 },
    )
  })
})

describe('no set of reviews', () => {
  it('is approved with fewer than four counted approvals, or without the tier’s diversity, or under a dispute', () => {
    const member = fc.record({
      region: fc.constantFrom('EU', 'ME', 'NA'),
      organization: fc.constantFrom('x', 'y', 'z'),
      model_family: fc.constantFrom('f', 'g'),
      method_type: fc.constantFrom('reasoning_model', 'retrieval_augmented'),
    })
    const one = fc.record({
      member,
      verdict: fc.constantFrom<Verdict>('approve', 'approve', 'approve', 'reject', 'rework'),
      counted: fc.boolean(),
      dispute: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
    })
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 8 }), (set) => {
        const all = set.map(({ member: facts, verdict, counted, dispute }, i) => ({
          member: { ...facts, id: `m-${i}`, operator: `o-${i}` },
          record: { reviewer: `m-${i}`, verdict, decision: '', counted },
          dispute,
        }))
        if (tally(all, R2, 'objective', 600).outcome !== 'approved') return
        const approving = all.filter(({ record }) => record.verdict === 'approve' && record.counted)
        const spread = (name: keyof SeatFacts) => new Set(approving.map(({ member: facts }) => facts[name])).size
        assert.ok(all.length >= 5 && approving.length >= 4 && approving.length / all.length >= 0.8)
        assert.ok(spread('region') >= 3 && spread('organization') >= 3)
        assert.ok(spread('model_family') >= 2 && spread('method_type') >= 2)
        assert.ok(!all.some(({ dispute }) => dispute))
      }),
      { seed: 8, numRuns: 5000 },
    )
  })
})

describe('by real commands', () => {
  const high = fork(base)
  underReview(high, 'm-1', 'regulated_analysis')

  function concluded(bench: Bench) {
    const review = bench.state.reviews.byTask.get(reviewKey('m-1', 't-1'))
    assert.ok(review?.status === 'concluded')
    return [review.outcome, review.reason, shownState(bench.state.missions.get('m-1')!)]
  }

  it('four of five integrate the task', () => {
    const bench = fork(high)
    reviewed(bench, 'm-1', (seat, i) => decision(seat.id, 'm-1', i === 0 ? 'reject' : 'approve'))
    assert.deepEqual(concluded(bench), ['approved', 'quorum', 'Integrated'])
  })

  it('three of five send it back', () => {
    const bench = fork(high)
    reviewed(bench, 'm-1', (seat, i) => decision(seat.id, 'm-1', i < 2 ? 'rework' : 'approve'))
    assert.deepEqual(concluded(bench), ['rework', 'quorum', 'InProgress'])
  })

  const grounds = (artifact: string) => ({ reasons: [{ text: 'R', references: [{ artifact, locator: '' }] }] })
  for (const [what, artifact, counts] of [
    ['an input', DATA, true],
    ['an intermediate artifact', NOTES, true],
    ['nothing of the bundle', `sha256:${'12'.repeat(32)}`, false],
  ] as const) {
    it(`an approval that refers to ${what} ${counts ? 'counts' : 'is nobody’s approval'}`, () => {
      const bench = fork(high)
      reviewed(bench, 'm-1', (seat, i) =>
        i < 2 ? decision(seat.id, 'm-1', 'approve', grounds(artifact)) : decision(seat.id, 'm-1', 'approve'),
      )
      assert.deepEqual(
        concluded(bench),
        counts ? ['approved', 'quorum', 'Integrated'] : ['rework', 'quorum', 'InProgress'],
      )
    })
  }

  it('approvals without any reference are nobody’s, however many', () => {
    const bench = fork(high)
    const bare = { reasons: [{ text: 'Looks good.', references: [] }] }
    reviewed(bench, 'm-1', (seat) => decision(seat.id, 'm-1', 'approve', bare))
    assert.deepEqual(concluded(bench), ['rework', 'quorum', 'InProgress'])
  })

  it('a dispute keeps the task where it is: nothing completes, nothing is reworked', () => {
    const bench = fork(high)
    reviewed(bench, 'm-1', (seat, i) => decision(seat.id, 'm-1', 'approve', { normative_dispute: i === 3 }))
    assert.deepEqual(concluded(bench), ['adjudication', 'dispute', 'UnderReview'])
    const body = { outputs: [OUTPUT], summary: 'S' }
    assert.deepEqual(withholds(bench, INTEGRATOR, 'mission.integrate', 'm-1', body), [
      operational('step-of-the-machine', { state: 'UnderReview', step: 'assemble_output' }),
    ])
    assert.deepEqual(withholds(bench, WORKER, 'mission.correct', 'm-1', { task: 't-1' }), [
      operational('step-of-the-machine', { state: 'UnderReview', step: 'correct_task', task: 't-1' }),
    ])
    assert.deepEqual(withholds(bench, NOOR, 'review.reopen', 'm-1', { task: 't-1' }), [
      operational('review-is-at-this-step', { status: 'concluded', needs: 'blocked' }),
    ])
  })

  for (const [mission, task] of [
    ['normative', 'objective'],
    ['objective', 'normative'],
    ['objective', 'mixed'],
  ] as const) {
    it(`I-21: a ${mission} mission with a ${task} task waits for humans, at the lowest tier too`, () => {
      const bench = fork(base)
      committed(bench.send(NOOR, 'mission.create', 'm-1', { title: 'T', summary: 'S' }))
      committed(bench.send(NOOR, 'mission.scope', 'm-1', scopeBody('documentation_update', { domain_type: mission })))
      committed(bench.send(PLANNER, 'mission.plan', 'm-1', oneTask({ domain_type: task })))
      committed(bench.send(WORKER, 'mission.start', 'm-1', { task: 't-1' }))
      committed(bench.send(WORKER, 'mission.submit', 'm-1', { task: 't-1', evidence: evidence(bench, 'm-1') }))
      committed(drawNow(bench))
      reviewed(bench, 'm-1', (seat) => decision(seat.id, 'm-1', 'approve'))
      assert.deepEqual(concluded(bench), ['adjudication', 'normative', 'UnderReview'])
      assert.equal(bench.state.panels.open.size, 1)
    })
  }

  it('after rework the next evidence gets a draw of its own', () => {
    const bench = fork(high)
    reviewed(bench, 'm-1', (seat) => decision(seat.id, 'm-1', 'rework'))
    committed(bench.send(WORKER, 'mission.correct', 'm-1', { task: 't-1' }))
    const [, opened] = committed(
      bench.send(WORKER, 'mission.submit', 'm-1', { task: 't-1', evidence: evidence(bench, 'm-1', 2) }),
    )
    assert.deepEqual([opened?.data.attempt, opened?.data.draw], [2, 2])
    committed(drawNow(bench))
    reviewed(bench, 'm-1', (seat) => decision(seat.id, 'm-1', 'approve', { attempt: 2 }))
    assert.deepEqual(concluded(bench), ['approved', 'quorum', 'Integrated'])
  })
})
