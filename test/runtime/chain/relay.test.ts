import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../../protocol/wire/canonical-json.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { openRelay } from '../../../runtime/chain/chain.ts'
import { atTheGate, publishAll } from '../../support/law/flow.ts'
import { fork } from '../../support/law/fork.ts'
import { NOOR, OPERATORS, type Person } from '../../support/law/people.ts'
import { founded, type Bench } from '../../support/law/world.ts'
import { approvalOf, type Brought } from '../../support/runtime/approvals.ts'
import { begun, opened, type Opened } from '../../support/runtime/desk-bench.ts'

/** Of the group of secp256k1 (SEC 2). */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/** A mission at its gate, with every epoch committed: what was decided then can be relayed. */
const AT_THE_GATE: Bench = (() => {
  const bench = founded()
  atTheGate(bench, 'm-2')
  publishAll(bench)
  return bench
})()

async function atGate(): Promise<Opened> {
  return opened(begun(80, fork(AT_THE_GATE)))
}

function signedBy(
  { bench }: Opened,
  person?: Person,
  verdict?: 'approve' | 'reject',
  more?: { [field: string]: unknown },
  signer?: Person,
): Brought {
  return approvalOf(bench, 'm-2', person, verdict, more, signer)
}

function relayOf(open: Opened) {
  return openRelay({ ...open, chain: open.chain.chain })
}

async function codeOf(open: Opened, brought: unknown): Promise<string> {
  const relayed = await relayOf(open).relay(brought as never)
  return relayed.ok ? 'relayed' : relayed.error.code
}

test('an approval is kept for the chain, and shown as signed and no more', async () => {
  const open = await atGate()
  const signed = signedBy(open)
  const relayed = await relayOf(open).relay(signed)
  const view = { mission: 'm-2', ...signed, state: 'signed', transaction: null, block: null, note: null }
  assert.deepEqual(relayed, { ok: true, value: view })
  assert.deepEqual(await relayOf(open).list('m-2'), { approvals: [view] })
  assert.deepEqual(await relayOf(open).list(undefined), { approvals: [view] })
  assert.deepEqual(await relayOf(open).list('m-1'), { approvals: [] })
  const { approval } = signed
  assert.deepEqual(
    open.outbox.sendings('').map(({ key, state }) => [key, state]),
    [[`approval:${String(approval['missionDigest'])}:${String(approval['attempt'])}:${NOOR.wallet}`, 'waiting']],
  )
})

test('a rejection is relayed as easily', async () => {
  const open = await atGate()
  assert.equal(await codeOf(open, signedBy(open, NOOR, 'reject')), 'relayed')
})

test('relaying the same again is the same as once, at every stage of its way', async () => {
  const open = await atGate()
  const signed = signedBy(open)
  const relay = relayOf(open)
  await relay.relay(signed)
  const key = open.outbox.sendings('')[0]!
  for (const state of ['waiting', 'submitted', 'included', 'safe', 'final'] as const) {
    open.outbox.save({ ...key, state, block: 7 })
    const again = await relay.relay(signed)
    assert.ok(again.ok)
    const { state: shown, block } = again.value as { state: string; block: number }
    assert.deepEqual([shown, block], [state === 'waiting' ? 'signed' : state, 7])
  }
  assert.equal(open.outbox.sendings('').length, 1)
})

test('every field is covered by the signature: a tampered approval is somebody else’s', async () => {
  const open = await atGate()
  const { approval, signature } = signedBy(open)
  const flipped = (hex: unknown): string => String(hex).replace(/.$/, (last) => (last === '0' ? '1' : '0'))
  const tampered: [string, Json, string][] = [
    ['missionDigest', flipped(approval['missionDigest']), 'mission-digest-unknown'],
    ['attempt', 2, 'mission-digest-is-current'],
    ['decision', 'reject', 'text-is-as-shown'],
    ['reasonHash', flipped(approval['reasonHash']), 'approval-signed-by-another'],
    ['iUnderstandIt', false, 'consequences-are-acknowledged'],
    ['iCommitIt', false, 'consequences-are-acknowledged'],
    ['iAcceptItsConsequences', false, 'consequences-are-acknowledged'],
    ['textHash', flipped(approval['textHash']), 'text-is-as-shown'],
    ['attentionHash', flipped(approval['attentionHash']), 'attention-is-empty'],
    ['deadline', Number(approval['deadline']) - 1, 'approval-signed-by-another'],
  ]
  for (const [field, value, code] of tampered) {
    const found = await codeOf(open, { approval: { ...approval, [field]: value }, signature })
    assert.equal(found, code, field)
  }
  assert.deepEqual(open.outbox.sendings(''), [])
})

test('another wallet’s signature, and another human’s name on it, do not hold', async () => {
  const open = await atGate()
  const [bea] = OPERATORS
  assert.equal(await codeOf(open, signedBy(open, NOOR, 'approve', {}, bea)), 'approval-signed-by-another')
  const stranger = `0x${'99'.repeat(20)}`
  assert.equal(await codeOf(open, signedBy(open, NOOR, 'approve', { approver: stranger })), 'signed-by-the-right-kind')
  assert.equal(await codeOf(open, signedBy(open, OPERATORS[0])), 'approver-is-independent')
  assert.deepEqual(open.outbox.sendings(''), [])
})

test('signatures that are no signatures have names', async () => {
  const open = await atGate()
  const { approval, signature } = signedBy(open)
  // The same signature's other form, which the curve takes and the law does not.
  const s = BigInt(`0x${signature.slice(66, 130)}`)
  const v = signature.endsWith('1b') ? '1c' : '1b'
  const highS = `${signature.slice(0, 66)}${(ORDER - s).toString(16).padStart(64, '0')}${v}`
  const cases: [string, string][] = [
    [highS, 'wallet-signature-high-s'],
    [`${signature.slice(0, -2)}1d`, 'wallet-signature-v'],
    [`${signature.slice(0, -2)}00`, 'wallet-signature-v'],
    [signature.slice(0, -1), 'field-pattern'],
    [signature.toUpperCase(), 'field-pattern'],
    ['0x', 'field-pattern'],
    [`0x${'00'.repeat(2_049)}`, 'field-range'],
  ]
  for (const [bytes, code] of cases) assert.equal(await codeOf(open, { approval, signature: bytes }), code)
  assert.deepEqual(open.outbox.sendings(''), [])
})

test('a passed deadline and a stale digest are refused at once', async () => {
  const open = await atGate()
  const signed = signedBy(open)
  const late = signedBy(open, NOOR, 'approve', { deadline: Math.floor(open.bench.now() / 1000) - 1 })
  assert.equal(await codeOf(open, late), 'decided-before-its-deadline')
  open.bench.wait(3_600_001)
  assert.equal(await codeOf(open, signed), 'decided-before-its-deadline')
  const stale = signedBy(open, NOOR, 'approve', { missionDigest: `0x${'12'.repeat(32)}` })
  assert.equal(await codeOf(open, stale), 'mission-digest-unknown')
})

test('what is malformed is malformed, with the place', async () => {
  const open = await atGate()
  const { approval, signature } = signedBy(open)
  const { deadline: _deadline, ...without } = approval
  for (const brought of [
    null,
    [],
    {},
    { approval },
    { approval, signature, more: 1 },
    { approval: without, signature },
    { approval: { ...approval, more: 1 }, signature },
    { approval: { ...approval, deadline: '1' }, signature },
    { approval: { ...approval, decision: 'maybe' }, signature },
    { approval: { ...approval, approver: NOOR.wallet.toUpperCase() }, signature },
  ]) {
    const relayed = await relayOf(open).relay(brought)
    assert.equal(relayed.ok, false, JSON.stringify(brought))
  }
  assert.deepEqual(open.outbox.sendings(''), [])
})

test('a contract account’s signature is the gate’s to judge, whatever its length', async () => {
  for (const bytes of [65, 130]) {
    const open = await atGate()
    const word = `0x${'5a'.repeat(bytes)}`
    const { approval } = signedBy(open)
    const refused = await codeOf(open, { approval, signature: word })
    assert.notEqual(refused, 'relayed')
    open.registry.vouching.set(NOOR.wallet, word)
    assert.equal(await codeOf(open, { approval, signature: word }), 'relayed')
  }
})

test('nobody can take the place of somebody’s approval with bytes that nothing vouches for', async () => {
  const open = await atGate()
  const { approval, signature } = signedBy(open)
  for (const garbage of ['0x00', `0x${'00'.repeat(64)}`, `0x${'11'.repeat(65)}`, `0x${'11'.repeat(66)}`]) {
    assert.notEqual(await codeOf(open, { approval, signature: garbage }), 'relayed')
  }
  assert.equal(await codeOf(open, { approval, signature }), 'relayed')
})

test('a second signature waits for the first; once that was refused it takes its place', async () => {
  const open = await atGate()
  await relayOf(open).relay(signedBy(open))
  open.bench.wait(60_000)
  const second = signedBy(open)
  assert.equal(await codeOf(open, second), 'approval-already-relayed')
  const [first] = open.outbox.sendings('')
  open.outbox.save({ ...first!, state: 'refused', note: 'deadline-passed' })
  assert.equal(await codeOf(open, second), 'relayed')
  const [now] = open.outbox.sendings('')
  assert.ok(now !== undefined)
  assert.deepEqual([now.state, (now.payload as Brought).signature], ['waiting', second.signature])
})

test('while the chain cannot be asked, a wallet’s own signature is kept, a contract’s is not', async () => {
  const open = await atGate()
  const unreachable = { wouldRevert: () => Promise.reject(new Fault('chain-unreachable')) }
  const relay = openRelay({ ...open, chain: unreachable })
  const { approval, signature } = signedBy(open)
  const byContract = await relay.relay({ approval, signature: `0x${'5a'.repeat(130)}` })
  assert.deepEqual(byContract, { ok: false, error: { code: 'chain-unreachable' } })
  assert.equal((await relay.relay({ approval, signature })).ok, true)
})

test('a decision that the chain holds already is not relayed again', async () => {
  const open = await atGate()
  const { approval, signature } = signedBy(open)
  const reason = { wouldRevert: async () => 'already-decided' }
  const relayed = await openRelay({ ...open, chain: reason }).relay({ approval, signature })
  assert.deepEqual(relayed, { ok: false, error: { code: 'gate-would-refuse', params: { reason: 'already-decided' } } })
})
