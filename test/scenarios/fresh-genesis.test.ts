/** A first start that was killed before the ledger was founded is gone on with, whenever that is. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import * as Genesis from '../../protocol/genesis.ts'
import { millis } from '../../protocol/wire/time.ts'
import { withFreshGenesis, type DeploymentFile } from '../../scripts/start/found.ts'
import { openSecrets } from '../../scripts/start/secrets.ts'
import { temporaryFolder } from '../support/folder.ts'

/** Longer than the keys last that a genesis command binds. */
const LATER_MS = 86 * 86_400_000

function foundedAt(genesis: string, at: number): Genesis.Recorded {
  const command = Genesis.admit(genesis)
  assert.ok(command.ok)
  return Genesis.record(Genesis.emptyState(), command.value, { recordedAt: millis(at), signatures: [true] })
}

test('a genesis command that nobody took in time is signed again, for the same contracts', (t) => {
  const secrets = openSecrets(join(temporaryFolder(t), 'keys'))
  const left: DeploymentFile = {
    chain_id: 31337,
    genesis_hash: `0x${'ab'.repeat(32)}`,
    contracts: {
      committee_registry: `0x${'c1'.repeat(20)}`,
      commitment_log: `0x${'c2'.repeat(20)}`,
      final_gate: `0x${'c3'.repeat(20)}`,
      identity_registry: `0x${'c4'.repeat(20)}`,
    },
    genesis: 'what the killed start left',
  }
  const now = Date.now()
  const { genesis, ...rest } = withFreshGenesis(left, secrets)
  assert.deepEqual({ ...rest, genesis: left.genesis }, left)
  assert.equal(foundedAt(genesis, now).kind, 'entry')
  const late = foundedAt(genesis, now + LATER_MS)
  assert.ok(late.kind === 'refused', 'that is why: it does not last')
  assert.equal(foundedAt(withFreshGenesis(left, secrets).genesis, Date.now()).kind, 'entry')
})
