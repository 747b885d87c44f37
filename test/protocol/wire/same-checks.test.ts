/** What was checked ahead counts for the same signatures by the same keys, and for nothing else. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sameChecks } from '../../../protocol/wire/same-checks.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)
const check = (key: number, signature: number) => ({ publicKey: bytes(1, key), signature: bytes(2, signature) })

test('the same keys and signatures in the same order are the same checks', () => {
  assert.equal(sameChecks([], []), true)
  assert.equal(sameChecks([check(1, 1), check(2, 2)], [check(1, 1), check(2, 2)]), true)
})

test('another key, another signature, another order or number are other checks', () => {
  const asked = [check(1, 1), check(2, 2)]
  for (const found of [
    [],
    [check(1, 1)],
    [check(2, 2), check(1, 1)],
    [check(1, 1), check(3, 2)],
    [check(1, 1), check(2, 3)],
    [check(1, 1), check(2, 2), check(2, 2)],
  ]) {
    assert.equal(sameChecks(asked, found), false)
    assert.equal(sameChecks(found, asked), false)
  }
})
