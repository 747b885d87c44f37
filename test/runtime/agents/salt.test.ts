import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hex } from '../../../protocol/wire/bytes.ts'
import { saltOf } from '../../../runtime/agents/salt.ts'
import { identityKeyOf } from '../../../runtime/keys/keys.ts'

const ours = (): ReturnType<typeof identityKeyOf> => identityKeyOf(new Uint8Array(32).fill(1))

test('a salt is the same after a restart: it depends on key, nonce and attempt and on nothing else', () => {
  assert.equal(hex(saltOf(ours(), 'nonce', 1)), hex(saltOf(ours(), 'nonce', 1)))
  assert.equal(saltOf(ours(), 'nonce', 1).length, 32)
})

test('another key, draw or attempt has another salt', () => {
  const salts = [
    saltOf(ours(), 'nonce', 1),
    saltOf(ours(), 'nonce', 2),
    saltOf(ours(), 'nonce 2', 1),
    saltOf(ours(), '', 1),
    saltOf(identityKeyOf(new Uint8Array(32).fill(2)), 'nonce', 1),
  ]
  assert.equal(new Set(salts.map(hex)).size, salts.length)
})
