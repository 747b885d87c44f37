/** What the ledger says of agents against the registries of the chain (spec 4.5, 2.2). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Observed } from '../../protocol/law/chain/types.ts'
import { deploymentOf, proposed, stated, TRANSFER } from '../support/law/agents.ts'
import { WORKER } from '../support/law/people.ts'
import { committed } from '../support/law/world.ts'
import { caught, holds, pendingOf } from './support/caught.ts'
import { begun, closeEpoch, observe, publish, verifyGenuine, type Genuine } from './support/genuine.ts'

function said(of: Genuine, log: object): Observed {
  return of.chain.emit(log as Observed['log'], 'commitment_log', of.bench.now())
}

/** A deployment with an epoch on chain. */
function running(): Genuine {
  const of = begun()
  closeEpoch(of)
  observe(of.bench, publish(of, 0))
  return of
}

/** A machine whose link the ledger has seen on chain. */
function linked(): Genuine {
  const of = running()
  committed(proposed(of.bench, WORKER))
  observe(of.bench, said(of, stated(WORKER.id, deploymentOf(of.bench))))
  return of
}

describe('a linked agent', () => {
  it('is verified against its registry', async () => {
    const of = linked()
    observe(of.bench, said(of, TRANSFER))
    const report = holds(await verifyGenuine(of))
    assert.equal(report.steps.find(({ id }) => id === 'observations')?.status, 'holds')
  })

  it('whose statement nobody made on chain is a fault', async () => {
    const of = running()
    committed(proposed(of.bench, WORKER))
    const elsewhere = running()
    observe(of.bench, said(elsewhere, stated(WORKER.id, deploymentOf(of.bench))))
    caught(await verifyGenuine(of), 'observations', 'observed-log-not-on-chain')
  })

  it('whose transfer was told with another buyer is a fault', async () => {
    const of = linked()
    const seen = said(of, TRANSFER)
    observe(of.bench, { ...seen, log: { ...seen.log, to: `0x${'c3'.repeat(20)}` } } as Observed)
    caught(await verifyGenuine(of), 'observations', 'observed-log-differs')
  })

  it('whose transfer is not in the ledger yet is pending', async () => {
    const of = linked()
    said(of, TRANSFER)
    said(of, { ...TRANSFER, agent_id: '23' })
    const verification = await verifyGenuine(of)
    holds(verification)
    assert.deepEqual(
      pendingOf(verification, 'log-not-yet-observed').map(({ event }) => event),
      ['AgentTransferred'],
    )
  })

  it('is told once: what its registry says after the break is owed to nobody', async () => {
    const of = linked()
    observe(of.bench, said(of, TRANSFER))
    said(of, TRANSFER)
    const verification = await verifyGenuine(of)
    holds(verification)
    assert.deepEqual(pendingOf(verification, 'log-not-yet-observed'), [])
  })
})
