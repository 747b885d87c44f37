import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fingerprintOfCode } from '../../../runtime/agents/fingerprint.ts'
import { isDigest } from '../../../protocol/wire/sha256.ts'
import { MACHINES } from '../../../scripts/start/people.ts'

test('a built-in agent’s fingerprint is a digest of its name and code: the same each time, another for each agent', () => {
  const found = MACHINES.map(({ agent }) => fingerprintOfCode(agent))
  assert.ok(found.every((one) => isDigest(one)))
  assert.equal(new Set(found).size, MACHINES.length)
  assert.deepEqual(
    MACHINES.map(({ agent }) => fingerprintOfCode(agent)),
    found,
  )
})
