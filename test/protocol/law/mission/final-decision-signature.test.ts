/** What the wallet at the final gate signs, and that nothing else counts (spec 3.1, 1.2; issue: wrong chain or contract, high s). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bytes32Of } from '../../../../protocol/wire/abi.ts'
import { approvalText } from '../../../../protocol/law/mission/approval-text.ts'
import { fork } from '../../../support/law/fork.ts'
import { atTheGate, decided, publishAll } from '../../../support/law/flow.ts'
import { operational, physical, responsibility, withholds } from '../../../support/law/outcomes.ts'
import { ADA, NOOR } from '../../../support/law/people.ts'
import { sha256 } from '../../../support/law/stranger.ts'
import { CHAIN_ID, committed, CONTRACTS } from '../../../support/law/world.ts'
import { ZERO, base, type Log, gateOf, see, withheldFor, signedFor } from '../../../support/law/gate.ts'

describe('the signature', () => {
  const good = decided(base, 'm-1', NOOR)
  const gate = CONTRACTS.final_gate.address
  const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
  const mirrored = () => {
    const s = ORDER - BigInt(`0x${good.signature.slice(66, 130)}`)
    return `${good.signature.slice(0, 66)}${s.toString(16).padStart(64, '0')}${good.signature.endsWith('1b') ? '1c' : '1b'}`
  }

  it('of another wallet does not commit this one', () => {
    assert.deepEqual(withheldFor(decided(base, 'm-1', NOOR, 'approve', {}, ADA)), [
      responsibility('signed-by-the-wallet', { recovered: ADA.wallet }),
    ])
  })

  it('for this chain and gate is what is recovered', () => {
    assert.deepEqual(signedFor(good, CHAIN_ID, gate), good)
  })

  for (const [what, chainId, contract] of [
    ['another chain', 1, gate],
    ['another contract', CHAIN_ID, CONTRACTS.commitment_log.address],
  ] as const) {
    it(`for ${what} does not hold here`, () => {
      const [violation, ...more] = withheldFor(signedFor(good, chainId, contract))
      assert.deepEqual(
        [violation?.constraint, Object.keys(violation?.params ?? {}), more],
        ['signed-by-the-wallet', ['recovered'], []],
      )
    })
  }

  for (const [what, signature, code] of [
    ['mirrored (high s)', mirrored(), 'wallet-signature-high-s'],
    ['with v 0', `${good.signature.slice(0, 130)}00`, 'wallet-signature-v'],
    ['with v 29', `${good.signature.slice(0, 130)}1d`, 'wallet-signature-v'],
    ['with r 0', `0x${'00'.repeat(32)}${good.signature.slice(66)}`, 'wallet-signature-range'],
    ['in the compact form of 64 bytes', good.signature.slice(0, 130), 'wallet-signature-malformed'],
    ['with a byte more', `${good.signature}00`, 'wallet-signature-malformed'],
    ['of nothing', '0x', 'wallet-signature-malformed'],
  ] as const) {
    it(`${what} does not hold`, () => {
      assert.deepEqual(withheldFor({ ...good, signature }), [responsibility('signed-by-the-wallet', { code })])
    })
  }

  for (const field of ['reason_hash', 'deadline', 'attempt', 'decision'] as const) {
    it(`covers the ${field}: changed afterwards, it is somebody else’s`, () => {
      const change = {
        reason_hash: `0x${'01'.repeat(32)}`,
        deadline: good.deadline - 1,
        attempt: 2,
        decision: 'reject',
      }[field]
      const log = { ...good, reason_hash: `0x${'02'.repeat(32)}` }
      const violations = withheldFor({ ...(field === 'decision' ? log : good), [field]: change } as unknown as Log)
      assert.ok(
        violations.some(({ constraint, params }) => constraint === 'signed-by-the-wallet' && 'recovered' in params),
      )
    })
  }
})

describe('what is signed', () => {
  for (const field of ['iUnderstandIt', 'iCommitIt', 'iAcceptItsConsequences']) {
    it(`says ${field}: without it nothing is committed`, () => {
      assert.deepEqual(withheldFor(decided(base, 'm-1', NOOR, 'approve', { [field]: false })), [
        responsibility('consequences-are-acknowledged'),
      ])
    })
  }

  it('carries the hash of the words that were shown', () => {
    const mission = base.state.missions.get('m-1')
    assert.ok(mission !== undefined && 'gate' in mission)
    const deployment = base.state.founded!.deployment.id
    const hash = (verdict: 'approve' | 'reject') => bytes32Of(sha256(approvalText(mission, verdict, deployment)))
    for (const text of [ZERO, hash('reject')]) {
      assert.deepEqual(withheldFor(decided(base, 'm-1', NOOR, 'approve', { textHash: text })), [
        responsibility('text-is-as-shown', { expected: hash('approve'), signed: text }),
      ])
    }
  })

  it('hides nothing in the field for attention while attention is not recorded', () => {
    const attentionHash = `0x${'01'.repeat(32)}`
    assert.deepEqual(withheldFor(decided(base, 'm-1', NOOR, 'approve', { attentionHash })), [
      operational('attention-is-empty', { attention_hash: attentionHash }),
    ])
  })

  it('is one mission’s: an approval spent on another is of that one’s digest, and its wallet never signed that', () => {
    const bench = fork(base)
    atTheGate(bench, 'm-2')
    publishAll(bench)
    const other = bench.state.missions.get('m-2')
    assert.ok(other !== undefined && 'gate' in other)
    const log = decided(bench, 'm-1', NOOR)
    committed(see(bench, log))
    const spent = { ...log, mission_digest: other.gate.digest }
    const violations = withheldFor(spent, bench)
    assert.deepEqual(
      violations.map(({ constraint }) => constraint),
      ['signed-by-the-wallet', 'text-is-as-shown'],
    )
    assert.equal(bench.state.missions.get('m-2')?.status, 'FinalHumanGate')
  })

  it('is of this deployment and of an integration: any other digest is of no mission', () => {
    const missionDigest = `0x${'12'.repeat(32)}`
    const [violation] = withheldFor(decided(base, 'm-1', NOOR, 'approve', { missionDigest }))
    assert.deepEqual(violation, operational('mission-exists', { mission: 'unknown' }))
  })

  it('is not of a mission by the name that stands for none', () => {
    const bench = fork(base)
    assert.deepEqual(withholds(bench, NOOR, 'mission.create', 'unknown', { title: 'T', summary: 'S' }), [
      operational('mission-is-new', { subject: 'unknown', kind: 'unknown' }),
    ])
  })

  it('names the attempt', () => {
    assert.deepEqual(withheldFor(decided(base, 'm-1', NOOR, 'approve', { attempt: 2 })), [
      physical('mission-digest-is-current', { signed: gateOf(base).digest, current: gateOf(base).digest, attempt: 1 }),
    ])
  })
})
