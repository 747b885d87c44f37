/**
 * What holds for every panel, whoever is in the pool and in whatever order they vote (spec 3.5, 3.6, 5.4; I-22): the
 * draw against a plain reading of its rules, and votes against counting.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { freeze, type PoolMember } from '../../../../protocol/law/constraints/pool.ts'
import { evolvePanel } from '../../../../protocol/law/panel/evolve.ts'
import type { About, PanelEvent } from '../../../../protocol/law/panel/event.ts'
import { majority } from '../../../../protocol/law/panel/majority.ts'
import { drawPanel, panelId, panelNonce } from '../../../../protocol/law/panel/selection.ts'
import { emptyPanels } from '../../../../protocol/law/panel/state.ts'
import { ZERO_DIGEST } from '../../../../protocol/wire/sha256.ts'

const RULES = { size: 3, majority: 2, minRegions: 2, minOrganizations: 2, trust: 0 }
const PANEL = panelId({ kind: 'appeal', appeal: 'a' })

type Human = { readonly region: string; readonly organization: string; readonly eligible: boolean }

const human = fc.record({
  region: fc.constantFrom('EU', 'NA', 'AF'),
  organization: fc.constantFrom('elm', 'fir', 'oak'),
  eligible: fc.boolean(),
})

function frozen(humans: readonly Human[], excluded: { actors: string[]; organizations: string[] }) {
  const members: readonly PoolMember[] = humans.map(({ region, organization }, i) => ({
    id: `h-${String(i).padStart(2, '0')}`,
    region,
    organization,
    operator: `h-${String(i).padStart(2, '0')}`,
    modelFamily: 'human',
    methodType: 'human_reviewer',
  }))
  const pool = freeze(members, (i) => humans[i]!.eligible)
  return { draw: 1, round: 1, nonce: panelNonce(PANEL, 1), previousCommitment: ZERO_DIGEST, pool, excluded }
}

describe('a panel that is drawn', () => {
  it('is of eligible humans who are not excluded, diverse enough, and the same for everybody; or there is none', () => {
    fc.assert(
      fc.property(
        fc.array(human, { maxLength: 9 }),
        fc.array(fc.nat({ max: 8 }), { maxLength: 3 }),
        fc.constantFrom<string[]>([], ['elm'], ['oak', 'fir']),
        fc.nat({ max: 255 }),
        (humans, out, organizations, salt) => {
          const actors = out.map((i) => `h-0${i}`)
          const from = frozen(humans, { actors, organizations })
          const randomness = salt.toString(16).padStart(2, '0').repeat(32)
          const { drawn } = drawPanel(from, RULES, randomness, [], [])
          assert.ok(drawn.ok)
          const may = from.pool.members.filter(
            ({ id, organization }, i) =>
              humans[i]!.eligible && !actors.includes(id) && !organizations.includes(organization),
          )
          const wide = (of: readonly PoolMember[]) =>
            new Set(of.map(({ region }) => region)).size >= 2 &&
            new Set(of.map(({ organization }) => organization)).size >= 2
          // Three of a set reach two regions and two houses exactly where the whole set does.
          const possible = may.length >= 3 && wide(may)
          assert.equal(drawn.value.outcome, possible ? 'seated' : 'infeasible')
          if (drawn.value.outcome !== 'seated') return
          const ids = drawn.value.members.map(({ id }) => id)
          assert.equal(new Set(ids).size, 3)
          const members = may.filter(({ id }) => ids.includes(id))
          assert.equal(members.length, 3)
          assert.equal(wide(members), true)
          assert.deepEqual(drawPanel(from, RULES, randomness, [], []).drawn, drawn)
        },
      ),
      { seed: 35, numRuns: 400 },
    )
  })

  it('keeps who sits when a seat is filled anew, and never seats who left', () => {
    fc.assert(
      fc.property(fc.array(human, { minLength: 5, maxLength: 9 }), fc.nat({ max: 2 }), (humans, leaves) => {
        const from = frozen(humans, { actors: [], organizations: [] })
        const randomness = 'ab'.repeat(32)
        const first = drawPanel(from, RULES, randomness, [], []).drawn
        if (!first.ok || first.value.outcome !== 'seated') return
        const gone = first.value.members[leaves]!.id
        const stay = first.value.members.filter(({ id }) => id !== gone)
        const next = drawPanel(from, RULES, randomness, stay, [gone]).drawn
        assert.ok(next.ok)
        if (next.value.outcome !== 'seated') return
        const ids = next.value.members.map(({ id }) => id)
        assert.equal(ids.includes(gone), false)
        for (const { id } of stay) assert.equal(ids.includes(id), true)
      }),
      { seed: 36, numRuns: 300 },
    )
  })
})

describe('votes', () => {
  it('decide once enough seats say the same, whatever the order, and never two ways', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('uphold', 'overturn'), { maxLength: 5 }), (votes) => {
        const count = (word: string) => votes.filter((vote) => vote === word).length
        const expected = count('uphold') >= 3 ? 'uphold' : count('overturn') >= 3 ? 'overturn' : undefined
        assert.equal(majority(votes, 3), expected)
        assert.equal(majority(votes.toReversed(), 3), expected)
      }),
      { seed: 37, numRuns: 200 },
    )
  })

  it('of one member are one vote in the fold, however often they come', () => {
    const panels = emptyPanels()
    const about: About = { kind: 'appeal', appeal: 'a' }
    const cast = (vote: 'uphold' | 'overturn'): PanelEvent => ({
      event_type: 'review.panel_voted',
      subject: PANEL,
      data: { draw: 1, member: 'h-01', vote, reasons: 'R' },
    })
    const opened: PanelEvent = {
      event_type: 'review.panel_opened',
      subject: PANEL,
      data: {
        purpose: 'appeal',
        about,
        reason: 'facts-wrong',
        draw: 1,
        round: 1,
        nonce: panelNonce(PANEL, 1),
        previous_commitment: ZERO_DIGEST,
        size: 5,
        majority: 3,
        min_regions: 2,
        min_organizations: 2,
        trust: 0,
        pool_size: 0,
        excluded: { actors: [], organizations: [] },
      },
    }
    for (const event of [opened, cast('uphold'), cast('uphold'), cast('overturn')]) evolvePanel(panels, event)
    assert.equal(panels.byId.get(PANEL)?.votes.size, 1)
  })
})

describe('the name of a panel', () => {
  it('tells every matter from every other: no two tasks, attempts or appeals share one', () => {
    const id = fc.stringMatching(/^[a-z0-9._:-]{1,6}$/)
    const about: fc.Arbitrary<About> = fc.oneof(
      fc.record({
        kind: fc.constant('task' as const),
        mission: id,
        task: id,
        attempt: fc.integer({ min: 1, max: 20 }),
      }),
      fc.record({ kind: fc.constant('appeal' as const), appeal: id }),
    )
    fc.assert(
      fc.property(about, about, (a, b) => {
        assert.equal(panelId(a) === panelId(b), JSON.stringify(a) === JSON.stringify(b))
      }),
      { seed: 38, numRuns: 500 },
    )
  })
})
