import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { genesis } from './support/run.ts'

type Answer = {
  readonly passed: boolean
  readonly counts: { readonly rows: { readonly [outcome: string]: number }; readonly attempts: number }
  readonly rows: readonly {
    readonly id: string
    readonly outcome: string
    readonly attacks: readonly { readonly id: string; readonly outcome: string; readonly unchanged: boolean }[]
  }[]
}

describe('genesis redteam', () => {
  it('attacks the rules without a system and finds no breach', async () => {
    const { code, out } = await genesis('redteam', '--rules-only', '--json')
    const { passed, counts, rows } = JSON.parse(out) as Answer
    assert.deepEqual([code, passed, rows.length], [0, true, 102])
    assert.equal(counts.rows['breached'], 0)
    assert.equal(counts.rows['skipped'], 0)
    const attacks = rows.flatMap((row) => row.attacks)
    assert.ok(attacks.every(({ outcome, unchanged }) => outcome === 'repelled' && unchanged))
  })

  it('fails with --complete while a row is not built, and says which', async () => {
    const { code, out } = await genesis('redteam', '--rules-only', '--complete', '--id', 'I-26', '--id', 'I-18')
    assert.equal(code, 1)
    assert.match(out, /^I-26 .* not built yet +anchors on the settlement chain/m)
    assert.match(out, /^I-18 +one-family +rules +repelled +model_family_diversity \+1 +unchanged$/m)
    const whole = await genesis('redteam', '--rules-only', '--complete', '--id', 'I-18')
    assert.equal(whole.code, 0)
  })

  it('exits 2 on a row that does not exist, and where no system answers', async () => {
    const unknown = await genesis('redteam', '--id', 'I-99')
    assert.deepEqual([unknown.code, unknown.err.split(':')[0]], [2, 'usage'])
    const nobody = await genesis('redteam', '--id', 'S-02')
    assert.deepEqual([nobody.code, nobody.err.split(':')[0]], [2, 'no-stack'])
  })
})
