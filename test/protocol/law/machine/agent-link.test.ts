/** A machine and its agent in a registry of ERC-8004: trust is not transferable, and the token is (spec 4.5). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { accountOfRegistry } from '../../../../protocol/wire/agent-registry.ts'
import { trustOf } from '../../../../protocol/law/trust/state.ts'
import {
  AGENT,
  deploymentOf,
  linked,
  OTHER_WALLET,
  ofRegistry,
  proposed,
  REGISTRY,
  REGISTRY_ADDRESS,
  stated,
  told,
  TRANSFER,
} from '../../../support/law/agents.ts'
import { fork } from '../../../support/law/fork.ts'
import { applied, examination, toZero, DAY, lifeOf, machineIn, signedBy } from '../../../support/law/lives.ts'
import { operational, ownership, physical, withholds } from '../../../support/law/outcomes.ts'
import { suspend } from '../../../support/law/trust.ts'
import { ADA, NOOR, OPERATORS, REVIEWERS, RUNTIME, WORKER } from '../../../support/law/people.ts'
import { CHAIN_ID, committed, CONTRACTS, founded, type Bench } from '../../../support/law/world.ts'

const base = founded()
const [OTHER] = REVIEWERS
const whole = linked(fork(base), WORKER)

function typesOf(events: readonly { readonly event_type: string }[]): readonly string[] {
  return events.map(({ event_type }) => event_type)
}

function refusedLog(bench: Bench, log: object, more: object = {}) {
  return withholds(bench, RUNTIME, 'chain.observed', 'chain', ofRegistry(log, more))
}

describe('a machine that names its agent', () => {
  it('is linked once the token’s holder has said the same on chain', () => {
    const bench = fork(base)
    committed(proposed(bench, WORKER))
    assert.equal(machineIn(bench, WORKER.id).agent?.status, 'proposed')
    const events = told(bench, stated(WORKER.id, deploymentOf(bench)))
    assert.deepEqual(typesOf(events), ['governance.chain_observed', 'trust.agent_linked'])
    assert.equal(machineIn(bench, WORKER.id).agent?.status, 'linked')
  })

  it('names itself and nobody else, and no human names it', () => {
    const body = { registry: REGISTRY, agent_id: AGENT }
    const other = withholds(fork(base), OTHER, 'machine.link_agent', WORKER.id, body)
    assert.deepEqual(other, [ownership('machine-names-itself', { machine: WORKER.id })])
    const human = withholds(fork(base), OPERATORS[1], 'machine.link_agent', WORKER.id, body)
    assert.ok(human.some(({ constraint }) => constraint === 'signed-by-the-right-kind'))
  })

  it('names a registry on the chain that the ledger observes', () => {
    const registry = accountOfRegistry({ chainId: 1, contract: REGISTRY_ADDRESS })
    const violations = withholds(fork(base), WORKER, 'machine.link_agent', WORKER.id, { registry, agent_id: AGENT })
    assert.deepEqual(violations, [physical('registry-is-observed', { chain_id: 1, expected: CHAIN_ID })])
  })

  it('cannot take one of our own contracts for a registry', () => {
    const contract = CONTRACTS.identity_registry.address
    const body = { registry: accountOfRegistry({ chainId: CHAIN_ID, contract }), agent_id: AGENT }
    const violations = withholds(fork(base), WORKER, 'machine.link_agent', WORKER.id, body)
    assert.deepEqual(violations, [physical('registry-is-observed', { contract })])
  })

  it('keeps its link: it neither names another agent nor takes the link back', () => {
    const body = { registry: REGISTRY, agent_id: '23' }
    const violations = withholds(fork(whole), WORKER, 'machine.link_agent', WORKER.id, body)
    assert.deepEqual(violations, [operational('machine-is-not-linked', { registry: REGISTRY, agent_id: AGENT })])
  })

  it('cannot name an agent that stands for another machine', () => {
    const body = { registry: REGISTRY, agent_id: AGENT }
    const violations = withholds(fork(whole), OTHER, 'machine.link_agent', OTHER.id, body)
    assert.deepEqual(violations, [operational('agent-is-not-linked', { machine: WORKER.id })])
  })

  it('keeps nobody out by naming an agent that is not its own', () => {
    const bench = fork(base)
    committed(proposed(bench, OTHER))
    committed(proposed(bench, WORKER))
    told(bench, stated(WORKER.id, deploymentOf(bench)))
    assert.equal(machineIn(bench, WORKER.id).agent?.status, 'linked')
    assert.equal(machineIn(bench, OTHER.id).agent?.status, 'proposed')
  })
})

describe('a statement of the token’s holder', () => {
  const waiting = fork(base)
  committed(proposed(waiting, WORKER))

  it('counts for this deployment and for the machine it names', () => {
    const elsewhere = stated(WORKER.id, `sha256:${'e'.repeat(64)}`)
    const another = stated(OTHER.id, deploymentOf(base))
    const unreadable = { ...stated(WORKER.id, deploymentOf(base)), value: '0x' }
    for (const log of [elsewhere, another, unreadable]) {
      const violations = refusedLog(fork(waiting), log)
      const params = { contract: REGISTRY_ADDRESS, agent_id: AGENT }
      assert.deepEqual(violations, [physical('log-changes-an-agent-link', params)])
    }
  })

  it('counts where it was named: not for the same id in another registry, nor for another id in this one', () => {
    const right = stated(WORKER.id, deploymentOf(base))
    const contract = `0x${'81'.repeat(20)}`
    assert.equal(refusedLog(fork(waiting), right, { contract })[0]?.constraint, 'log-changes-an-agent-link')
    const other = stated(WORKER.id, deploymentOf(base), '23')
    assert.equal(refusedLog(fork(waiting), other)[0]?.constraint, 'log-changes-an-agent-link')
  })

  it('is nothing to the ledger where no machine asked for it', () => {
    const violations = refusedLog(fork(base), stated(WORKER.id, deploymentOf(base)))
    assert.equal(violations[0]?.constraint, 'log-changes-an-agent-link')
  })
})

describe('a linked machine', () => {
  const foreign = { ...stated(WORKER.id, deploymentOf(base)), value: '0x00' }
  const breaks = [
    ['whose token is transferred', TRANSFER, 'agent-transferred'],
    ['whose wallet is changed', OTHER_WALLET, 'agent-wallet-changed'],
    ['whose statement is taken back', foreign, 'agent-disowned'],
  ] as const
  for (const [what, log, cause] of breaks) {
    it(`${what} has no trust from that entry on, and is in quarantine`, () => {
      const bench = fork(whole)
      assert.ok((trustOf(bench.state.trust, WORKER.id) ?? 0) > 0)
      const events = told(bench, log)
      const expected = ['trust.agent_link_broken', 'trust.changed', 'trust.machine_quarantined']
      assert.deepEqual(typesOf(events).slice(1, 4), expected)
      const broken = events.find(({ event_type }) => event_type === 'trust.agent_link_broken')
      assert.deepEqual(broken?.data, { registry: REGISTRY, agent_id: AGENT, cause })
      assert.equal(trustOf(bench.state.trust, WORKER.id), 0)
      lifeOf(bench, WORKER.id, 'quarantined')
    })
  }

  it('loses with its token what waits for humans to validate it', () => {
    const bench = fork(whole)
    suspend(bench, WORKER.id, 'gain:1-1')
    told(bench, TRANSFER)
    assert.equal(bench.state.trust.suspensions.get('gain:1-1')?.status, 'discarded')
  })

  it('loses nothing by a transfer from before it was linked, whenever that is told', () => {
    const { agent } = machineIn(whole, WORKER.id)
    assert.ok(agent?.status === 'linked')
    const { block, logIndex } = agent.since
    for (const place of [{ block_number: block - 1 }, { block_number: block, log_index: logIndex }]) {
      const violations = refusedLog(fork(whole), TRANSFER, place)
      assert.equal(violations[0]?.constraint, 'log-changes-an-agent-link')
    }
    assert.ok(told(fork(whole), TRANSFER, { block_number: block, log_index: logIndex + 1 }).length > 1)
  })

  it('loses nothing by the transfer of another token', () => {
    const violations = refusedLog(fork(whole), { ...TRANSFER, agent_id: '23' })
    assert.equal(violations[0]?.constraint, 'log-changes-an-agent-link')
  })

  it('is told of one break only: what the registry says afterwards enters no ledger', () => {
    const bench = fork(whole)
    told(bench, TRANSFER)
    assert.equal(refusedLog(bench, OTHER_WALLET)[0]?.constraint, 'log-changes-an-agent-link')
  })

  it('comes back by re-certification alone, and is linked anew by both sides', () => {
    const bench = fork(whole)
    told(bench, TRANSFER)
    const [bea, , dao, eli] = OPERATORS
    const application = applied(bench, WORKER)
    signedBy(bench, WORKER, application, ADA, NOOR, bea, dao, eli)
    lifeOf(bench, WORKER.id, 'probation')
    assert.equal(refusedLog(bench, stated(WORKER.id, deploymentOf(bench)))[0]?.constraint, 'log-changes-an-agent-link')
    linked(bench, WORKER)
    bench.wait(DAY)
    told(bench, TRANSFER)
    lifeOf(bench, WORKER.id, 'quarantined')
  })

  it('that is in quarantine comes back by no signature and no examination from before its token changed hands', () => {
    const bench = fork(whole)
    toZero(bench, WORKER.id)
    const [bea, , dao, eli] = OPERATORS
    const application = applied(bench, WORKER)
    signedBy(bench, WORKER, application, ADA, NOOR, bea, dao)
    bench.wait(1)
    const early = examination(bench, WORKER)
    bench.wait(1)
    told(bench, TRANSFER)
    const sign = withholds(bench, eli, 'machine.sign_recertification', WORKER.id, { application })
    assert.equal(
      sign.some(({ constraint }) => constraint === 'application-waits'),
      true,
      JSON.stringify(sign),
    )
    const again = withholds(bench, WORKER.operator, 'machine.recertify', WORKER.id, { evidence: early })
    assert.equal(again[0]?.constraint, 'evidence-is-from-after-the-quarantine', JSON.stringify(again))
    signedBy(bench, WORKER, applied(bench, WORKER), ADA, NOOR, bea, dao, eli)
    lifeOf(bench, WORKER.id, 'probation')
  })
})
