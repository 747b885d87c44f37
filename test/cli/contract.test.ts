import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pointsOf, type Known } from '../../cli/commands/contract/points.ts'
import { ROWS } from '../../protocol/catalogue/catalogue.ts'
import { genesis } from './support/run.ts'

type Answer = {
  readonly holds: boolean
  readonly points: readonly { id: string; status: string; evidence: string[] }[]
}

const known: Known = {
  rows: ROWS.map(({ id, title }) => ({ id, title, outcome: 'repelled', attacks: [] })),
  fold: undefined,
  examples: [
    { mission: 'low', tier: 'R0', findings: 0 },
    { mission: 'high', tier: 'R2', findings: 0 },
  ],
  constitutionFindings: 0,
}

const statusOf = (id: string, change: Partial<Known> = {}): string | undefined =>
  pointsOf({ ...known, ...change }).find((point) => point.id === id)?.status

describe('genesis contract', () => {
  it('prints the twelve points with evidence, honest about what is not built', async () => {
    const { code, out } = await genesis('contract', '--rules-only', '--json')
    const { holds, points } = JSON.parse(out) as Answer
    assert.deepEqual([code, holds, points.length], [0, true, 12])
    assert.ok(points.every(({ evidence }) => evidence.length > 0))
    const waiting = ROWS.filter(({ id, awaits }) => id.startsWith('M-') && awaits !== undefined).map(({ id }) => id)
    assert.deepEqual(
      points.filter(({ status }) => status === 'not-built-yet').map(({ id }) => id),
      waiting,
    )
    assert.equal((await genesis('contract', '--rules-only', '--complete')).code, waiting.length > 0 ? 1 : 0)
  })

  it('fails a point whose attack was not repelled, whatever else holds', () => {
    const rows = known.rows.map((row) => (row.id === 'M-03' ? { ...row, outcome: 'breached' as const } : row))
    assert.equal(statusOf('M-03'), 'holds')
    assert.equal(statusOf('M-03', { rows }), 'fails')
  })

  it('fails the points about examples, constitution and invariants where these are at fault', () => {
    const [low] = known.examples
    assert.equal(statusOf('M-07'), 'holds')
    assert.equal(statusOf('M-07', { examples: [low!] }), 'fails')
    assert.equal(statusOf('M-07', { examples: [low!, { mission: 'high', tier: 'R2', findings: 1 }] }), 'fails')
    assert.equal(statusOf('M-08', { constitutionFindings: 1 }), 'fails')
    const rows = known.rows.map((row) => (row.id === 'I-16' ? { ...row, outcome: 'breached' as const } : row))
    assert.equal(statusOf('M-06', { rows }), 'fails')
  })

  it('exits 2 where no system answers', async () => {
    const { code, err } = await genesis('contract')
    assert.deepEqual([code, err.split(':')[0]], [2, 'no-stack'])
  })
})
