/** Every attack of the catalogue on the rules: repelled for the reason that it names, every subject bit for bit as before. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { simulation } from '../../protocol/catalogue/arena/simulation.ts'
import { ATTACKS } from '../../protocol/catalogue/attacks/all.ts'
import type { Arena, Attack } from '../../protocol/catalogue/attacks/attack.ts'
import { ROWS } from '../../protocol/catalogue/catalogue.ts'
import { brokenInState } from '../../protocol/catalogue/properties/all.ts'
import { attackRules, byRow } from '../../protocol/catalogue/red-team.ts'
import { Fault } from '../../protocol/wire/fault.ts'

const attempts = simulation()

describe('the attacks of the catalogue, against the rules', () => {
  for (const attack of ATTACKS.filter(({ on }) => on !== 'files')) {
    it(`${attack.id}: ${attack.title}`, async () => {
      const [report] = await attackRules(attempts, [attack])
      assert.deepEqual(report?.breach, undefined)
      assert.equal(report?.outcome, 'repelled', report?.skipped)
      assert.ok(report.unchanged)
      // A rule is asked for its answer only where no command reaches it, and then the attack says so.
      const formula = attack.on === 'rules' ? attack.formula : undefined
      assert.equal(report.asked > 0, formula !== undefined)
    })
  }

  it('leave a state behind in which every property holds', () => {
    assert.deepEqual(brokenInState(attempts.arena.world.state), [])
  })
})

const harmless = { id: 'harmless', title: 'Something that is allowed', on: 'anything' } as const

const creating = (reason: string): Attack => ({
  ...harmless,
  run: (arena: Arena) =>
    arena.expect(reason, arena.owner(), 'mission.create', arena.fresh('allowed'), { title: 'T', summary: 'S' }),
})

describe('an attack is a breach', () => {
  it('where the command is committed', async () => {
    const [report] = await attackRules(attempts, [creating('signed-by-the-right-kind')])
    assert.deepEqual([report?.outcome, report?.unchanged, report?.breach?.given], ['breached', false, ['committed']])
  })

  it('where it is refused for another reason than the right one', async () => {
    const attack: Attack = {
      ...harmless,
      run: (arena: Arena) =>
        arena.expect('mission-is-new', arena.machine(), 'mission.create', 'm', { title: 'T', summary: 'S' }),
    }
    const [report] = await attackRules(attempts, [attack])
    assert.deepEqual([report?.outcome, report?.unchanged], ['breached', true])
  })

  it('even where it expects to be committed: what changes a subject is not repelled', async () => {
    const [report] = await attackRules(attempts, [creating('committed')])
    assert.deepEqual([report?.outcome, report?.unchanged], ['breached', false])
  })
})

describe('a row of the catalogue', () => {
  const report = (outcome: 'repelled' | 'breached' | 'skipped') =>
    ({
      id: 'one-family',
      title: '',
      outcome,
      against: 'rules',
      reasons: [],
      attempts: 1,
      asked: 0,
      unchanged: true,
    }) as const
  const outcomeOf = (id: string, ...outcomes: ('repelled' | 'breached' | 'skipped')[]) =>
    byRow(outcomes.map(report), [id])[0]?.outcome

  it('is repelled where its attacks are, and breached by one that is not', () => {
    assert.equal(outcomeOf('I-18', 'repelled'), 'repelled')
    assert.equal(outcomeOf('I-18', 'repelled', 'breached'), 'breached')
  })

  it('does not pass by not being tried', () => {
    assert.equal(outcomeOf('I-18'), 'skipped')
    assert.equal(outcomeOf('I-18', 'skipped'), 'skipped')
  })

  it('never passes while its subject is not built, whatever was repelled', async () => {
    const waiting = ROWS.filter(({ awaits }) => awaits !== undefined)
    const reports = ATTACKS.map(({ id, title }) => ({ ...report('repelled'), id, title }))
    for (const { id } of waiting) assert.equal(byRow(reports, [id])[0]?.outcome, 'not-built-yet', id)
  })

  it('is skipped, not passed, where an attack lacks an identity or attempts nothing', async () => {
    const lacks: Attack = { ...harmless, run: () => Promise.reject(new Fault('identity-missing', { who: 'human' })) }
    const idle: Attack = { ...harmless, run: () => Promise.resolve() }
    for (const attack of [lacks, idle]) {
      const [report] = await attackRules(attempts, [attack])
      assert.equal(report?.outcome, 'skipped')
    }
    const broken: Attack = { ...harmless, run: () => Promise.reject(new Fault('something-else')) }
    await assert.rejects(attackRules(attempts, [broken]), { code: 'something-else' })
  })
})
