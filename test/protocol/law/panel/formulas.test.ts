/** What anyone computes again about a panel: its name, the nonce of its draw, how many votes decide (spec 3.5, 5.4). */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { moreThanHalf } from '../../../../protocol/law/panel/majority.ts'
import { panelId, panelNonce } from '../../../../protocol/law/panel/selection.ts'

const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const TAG = sha256('genesis.panel.v1')

describe('a panel, computed again', () => {
  it('draws by a nonce of its own domain: tag, its name, the number of the draw as eight bytes', () => {
    for (const draw of [1, 2, 257]) {
      const number = Buffer.alloc(8)
      number.writeBigUInt64BE(BigInt(draw))
      const expected = sha256(TAG, sha256('panel:a'), number).toString('hex')
      assert.equal(panelNonce('panel:a', draw), `sha256:${expected}`)
    }
  })

  it('is named by its domain, the kind of its matter and every part of it', () => {
    const named = (...parts: readonly string[]) =>
      `panel:${sha256(TAG, ...parts.map((part) => sha256(part)))
        .toString('hex')
        .slice(0, 32)}`
    assert.equal(panelId({ kind: 'appeal', appeal: 'a-1' }), named('appeal', 'a-1'))
    const about = { kind: 'task', mission: 'm-1', task: 't-1', attempt: 2 } as const
    assert.equal(panelId(about), named('task', 'm-1', 't-1', '2'))
  })

  it('decides by more than half of its seats: half of an even number is not more than half', () => {
    assert.deepEqual([1, 2, 3, 4, 5, 6].map(moreThanHalf), [1, 2, 2, 3, 3, 4])
  })
})
