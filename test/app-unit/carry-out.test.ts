import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { send, signAndSend, type Ports } from '../../app/features/decision/carry-out.ts'
import { buildApproval, emptyDraft, type Verdict } from '../../app/features/decision/draft.ts'
import type { Kept } from '../../app/features/decision/kept.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { gate, NOW, WALLET } from './missions.ts'

const SIGNATURE = `0x${'5a'.repeat(64)}1b` as const
const TX = `0x${'77'.repeat(32)}`

function approvalOf(verdict: Verdict, reason = '') {
  const draft = { ...emptyDraft(verdict, NOW), acknowledged: [true, true, true], reason }
  const built = buildApproval(draft, gate, WALLET, NOW)
  assert.ok(built.ok)
  return built.value
}

/** Ports where all goes well, except what a test says; `log` is what happened, in order. */
function ports(more: Partial<Ports> = {}) {
  const log: string[] = []
  const kept: Kept[] = []
  const noted = <T>(what: string, value: T) => {
    log.push(what)
    return Promise.resolve(value)
  }
  const all: Ports = {
    now: () => NOW,
    isCurrent: () => noted('current?', true),
    isDecided: () => noted('decided?', false),
    storeReason: () => noted('store', undefined),
    sign: () => noted('sign', SIGNATURE),
    keep: (one) => {
      log.push('keep')
      kept.push(one)
    },
    forget: () => log.push('forget'),
    rehearse: () => noted('rehearse', undefined),
    relay: () => noted('relay', undefined),
    pay: () => noted('pay', TX),
    onStep: () => {},
    ...more,
  }
  return { all, log, kept }
}

const fails = (code: string) => () => Promise.reject(new Fault(code))
const withCode = (code: string) => (error: unknown) => error instanceof Fault && error.code === code

describe('carrying out a decision', () => {
  it('looks first, then stores, signs, keeps, rehearses and sends', async () => {
    const { all, log, kept } = ports()
    await signAndSend(all, approvalOf('reject', 'No.'), 'No.', 'relay')
    assert.deepEqual(log, ['current?', 'decided?', 'store', 'sign', 'keep', 'rehearse', 'relay'])
    assert.equal(kept[0]?.signature, SIGNATURE)
  })

  it('stores nothing where nothing was written', async () => {
    const { all, log } = ports()
    await signAndSend(all, approvalOf('approve'), '', 'relay')
    assert.ok(!log.includes('store'))
  })

  it('by one’s own wallet keeps the transaction too', async () => {
    const { all, log, kept } = ports()
    await signAndSend(all, approvalOf('approve'), '', 'wallet')
    assert.deepEqual(log.slice(-3), ['rehearse', 'pay', 'keep'])
    assert.equal(kept.at(-1)?.transaction, TX)
  })

  it('asks for no signature when the mission is not what was read', async () => {
    const { all, log } = ports({ isCurrent: () => Promise.resolve(false) })
    await assert.rejects(signAndSend(all, approvalOf('approve'), '', 'relay'), withCode('mission-changed'))
    assert.ok(!log.includes('sign'))
  })

  it('asks for no second signature on the same attempt', async () => {
    const { all, log } = ports({ isDecided: () => Promise.resolve(true) })
    await assert.rejects(signAndSend(all, approvalOf('approve'), '', 'relay'), withCode('decided-before'))
    assert.ok(!log.includes('sign'))
  })

  it('asks for no signature when nobody can say whether there is one already', async () => {
    const { all, log } = ports({ isDecided: fails('chain-unreachable') })
    await assert.rejects(signAndSend(all, approvalOf('approve'), '', 'relay'), withCode('chain-unreachable'))
    assert.ok(!log.includes('sign'))
  })

  it('asks for no signature that would expire on its way', async () => {
    const { all, log } = ports({ now: () => NOW + 86_400_000 })
    await assert.rejects(signAndSend(all, approvalOf('approve'), '', 'relay'), withCode('deadline-passed'))
    assert.ok(!log.includes('sign'))
  })

  it('asks for no signature over a reason that is not the one written', async () => {
    const { all, log } = ports()
    await assert.rejects(signAndSend(all, approvalOf('reject', 'No.'), 'Yes.', 'relay'), withCode('reason-differs'))
    assert.ok(!log.includes('sign'))
  })

  it('keeps nothing when the human refuses', async () => {
    const { all, log } = ports({ sign: fails('wallet-rejected') })
    await assert.rejects(signAndSend(all, approvalOf('approve'), '', 'relay'), withCode('wallet-rejected'))
    assert.deepEqual(log, ['current?', 'decided?'])
  })

  it('keeps the signature when the relay is down, and sends the very same later', async () => {
    const down = ports({ relay: fails('offline') })
    await assert.rejects(signAndSend(down.all, approvalOf('approve'), '', 'relay'), withCode('offline'))
    assert.deepEqual(down.log, ['current?', 'decided?', 'sign', 'keep', 'rehearse'])
    const [kept] = down.kept
    assert.ok(kept !== undefined)
    const sent: unknown[] = []
    const { all, log } = ports({ relay: (signed) => Promise.resolve(sent.push(signed)) })
    await send(all, kept, 'relay')
    assert.deepEqual(sent, [{ approval: kept.approval, signature: SIGNATURE }])
    assert.ok(!log.includes('sign'))
  })

  it('keeps the signature when the chain cannot be asked', async () => {
    const { all, log } = ports({ rehearse: fails('chain-unreachable') })
    await assert.rejects(signAndSend(all, approvalOf('approve'), '', 'relay'))
    assert.ok(!log.includes('forget'))
  })

  it('lets go of a signature that can never count: nobody’s, or too late', async () => {
    for (const code of ['gate-WalletSignatureInvalid', 'gate-UndeployedWalletUnsupported', 'gate-DeadlinePassed']) {
      const { all, log } = ports({ rehearse: fails(code) })
      await assert.rejects(signAndSend(all, approvalOf('approve'), '', 'relay'), withCode(code))
      assert.equal(log.at(-1), 'forget')
    }
  })
})
