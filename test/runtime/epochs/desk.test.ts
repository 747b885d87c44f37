import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyCertificate, signersOf } from '../../../protocol/wire/certificate.ts'
import { epochMessage, openDesk } from '../../../runtime/epochs/epochs.ts'
import type { Observed } from '../../../protocol/law/chain/types.ts'
import { publicKeyOf, sign } from '../../../protocol/wire/bls.ts'
import { committed } from '../../support/law/world.ts'
import { closeEpoch } from '../../support/law/flow.ts'
import { blsSecretOf, RUNTIME } from '../../support/law/people.ts'
import { MEMBERS, observeAll, opened, shareOf, withKeys, type Opened } from '../../support/runtime/desk-bench.ts'

async function closedOnce(days = 80) {
  const world = await withKeys(days)
  committed(closeEpoch(world.bench))
  const [closed] = world.bench.state.epochs.closed
  assert.ok(closed !== undefined)
  const open = await opened(world)
  return { open, desk: openDesk(open), commitment: closed.commitment as string }
}

test('nine shares make no certificate, ten make one, and it verifies', async () => {
  const { open, desk, commitment } = await closedOnce()
  for (let member = 0; member < 9; member++) {
    const brought = await desk.bring(0, shareOf(open, member, commitment))
    assert.deepEqual(brought, { ok: true, value: { epoch: 0, shares: member + 1, certified: false } })
  }
  assert.deepEqual(open.outbox.certificates(), [])
  assert.deepEqual(open.outbox.sendings(''), [])
  const tenth = await desk.bring(0, shareOf(open, 14, commitment))
  assert.deepEqual(tenth, { ok: true, value: { epoch: 0, shares: 10, certified: true } })
  const certificate = open.outbox.certificate(0)
  assert.ok(certificate !== undefined)
  assert.deepEqual(signersOf(certificate.bitmap), [0, 1, 2, 3, 4, 5, 6, 7, 8, 14])
  const message = await open.ledger.ask((state) => epochMessage(state, 0))
  const keys = MEMBERS.map(({ key }) => key)
  assert.deepEqual(verifyCertificate(certificate, message!, keys, 10), { ok: true, value: undefined })
  assert.deepEqual(
    open.outbox.sendings('').map(({ key, payload }) => [key, payload]),
    [['epoch:00000000', { epoch: 0 }]],
  )
})

test('shares after the tenth are kept, and change neither certificate nor sending', async () => {
  const { open, desk, commitment } = await closedOnce()
  for (let member = 0; member < 10; member++) await desk.bring(0, shareOf(open, member, commitment))
  const certificate = open.outbox.certificate(0)
  const late = await desk.bring(0, shareOf(open, 12, commitment))
  assert.deepEqual(late, { ok: true, value: { epoch: 0, shares: 11, certified: true } })
  assert.deepEqual(open.outbox.certificate(0), certificate)
  assert.equal(open.outbox.sendings('').length, 1)
})

test('a share brought again is the same as brought once', async () => {
  const { open, desk, commitment } = await closedOnce()
  for (let i = 0; i < 12; i++) {
    const brought = await desk.bring(0, shareOf(open, 3, commitment))
    assert.deepEqual(brought, { ok: true, value: { epoch: 0, shares: 1, certified: false } })
  }
})

const other = `sha256:${'ab'.repeat(32)}`

test('what is not a member’s signature of this commitment counts for nothing', async () => {
  const { open, desk, commitment } = await closedOnce()
  const good = shareOf(open, 3, commitment) as { signature: string }
  const cases: [string, unknown, string][] = [
    ['another member’s signature', shareOf(open, 3, commitment, { claims: 4 }), 'share-invalid'],
    ['a stranger’s signature', shareOf(open, 3, commitment, { secret: blsSecretOf('a stranger') }), 'share-invalid'],
    ['the signature of another epoch', shareOf(open, 3, commitment, { epoch: 1 }), 'share-invalid'],
    ['another commitment', shareOf(open, 3, other), 'commitment-differs'],
    [
      'another commitment’s signature',
      { ...good, signature: (shareOf(open, 3, other) as typeof good).signature },
      'share-invalid',
    ],
    ['a member beyond the committee', { ...good, member: 15 }, 'member-has-no-valid-key'],
    ['a member that cannot be', { ...good, member: -1 }, 'field-range'],
    ['a member of a half', { ...good, member: 2.5 }, 'field-type'],
    ['no member', { commitment, signature: good.signature }, 'field-missing'],
    ['a field too many', { ...good, epoch: 0 }, 'field-unknown'],
    ['half a signature', { ...good, signature: good.signature.slice(2) }, 'field-pattern'],
    ['a point that is none', { ...good, signature: 'ff'.repeat(48) }, 'share-invalid'],
    ['the point at infinity', { ...good, signature: `c0${'00'.repeat(47)}` }, 'share-invalid'],
    ['capital letters', { ...good, signature: good.signature.toUpperCase() }, 'field-pattern'],
    ['a list', [], 'field-type'],
  ]
  for (const [name, share, code] of cases) {
    const brought = await desk.bring(0, share as never)
    assert.deepEqual([brought.ok, brought.ok ? undefined : brought.error.code], [false, code], name)
  }
  assert.deepEqual(open.outbox.shares(0), [])
})

test('an epoch that is open, or far away, takes no shares', async () => {
  const { open, desk, commitment } = await closedOnce()
  for (const epoch of [1, 2, 1_000_000]) {
    const brought = await desk.bring(epoch, shareOf(open, 3, commitment, { epoch }))
    assert.deepEqual(brought, { ok: false, error: { code: 'epoch-not-closed', params: { epoch } } })
  }
})

/** What happens on chain to one member’s key, and the ledger sees. */
async function onChain(open: Opened, log: object): Promise<void> {
  open.chain.emit(log as Observed['log'])
  open.chain.mine(2)
  const { finalized } = await open.chain.chain.heads()
  const seen = (await open.chain.chain.logs(0, finalized.number)).at(-1)
  await open.send(RUNTIME, 'chain.observed', 'chain', seen)
}

test('a revoked key signs nothing, and an expired one neither', async () => {
  const { open, desk, commitment } = await closedOnce()
  await onChain(open, { event: 'KeyRevoked', member: 3, key: MEMBERS[3]!.key })
  const refused = { ok: false, error: { code: 'member-has-no-valid-key', params: { member: 3 } } }
  assert.deepEqual(await desk.bring(0, shareOf(open, 3, commitment)), refused)
  assert.equal((await desk.bring(0, shareOf(open, 4, commitment))).ok, true)
  const held = await open.ledger.ask((state) => state.chain.committeeKeys.get(4)?.notAfter)
  open.bench.wait(held! * 1000 - open.bench.now() - 1)
  assert.equal((await desk.bring(0, shareOf(open, 5, commitment))).ok, true)
  open.bench.wait(1)
  const { ok } = await desk.bring(0, shareOf(open, 6, commitment))
  assert.equal(ok, false)
})

test('a member with a new key signs again, and the share of the old one spoils nothing', async () => {
  const { open, desk, commitment } = await closedOnce()
  for (let member = 0; member < 9; member++) await desk.bring(0, shareOf(open, member, commitment))
  const secret = blsSecretOf('member 0, rotated')
  const key = publicKeyOf(secret)
  const not_after = Math.floor(open.bench.now() / 1000) + 86_400
  await onChain(open, { event: 'KeyRegistered', member: 0, key, not_after })
  assert.equal((await desk.bring(0, shareOf(open, 0, commitment))).ok, false, 'the old key')
  const tenth = await desk.bring(0, shareOf(open, 9, commitment))
  assert.deepEqual(
    tenth,
    { ok: true, value: { epoch: 0, shares: 10, certified: false } },
    'one of them is worth nothing',
  )
  const again = await desk.bring(0, shareOf(open, 0, commitment, { secret }))
  assert.deepEqual(again, { ok: true, value: { epoch: 0, shares: 10, certified: true } })
})

test('a certificate that a revoked key made worthless is made again from the shares that hold', async () => {
  const { open, desk, commitment } = await closedOnce()
  for (let member = 0; member < 10; member++) await desk.bring(0, shareOf(open, member, commitment))
  await onChain(open, { event: 'KeyRevoked', member: 2, key: MEMBERS[2]!.key })
  await desk.bring(0, shareOf(open, 10, commitment))
  const certificate = open.outbox.certificate(0)
  assert.deepEqual(signersOf(certificate!.bitmap), [0, 1, 3, 4, 5, 6, 7, 8, 9, 10])
  assert.equal(open.outbox.sendings('').length, 1)
})

test('many shares at once come to one certificate', async () => {
  const { open, desk, commitment } = await closedOnce()
  const brought = await Promise.all(MEMBERS.map((_, member) => desk.bring(0, shareOf(open, member, commitment))))
  assert.ok(brought.every(({ ok }) => ok))
  assert.equal(open.outbox.shares(0).length, 15)
  assert.equal(open.outbox.sendings('').length, 1)
})

test('a share that could not be kept was not taken', async () => {
  const { open, commitment } = await closedOnce()
  const outbox = {
    ...open.outbox,
    putShare: () => {
      throw new Error('disk full')
    },
  }
  await assert.rejects(openDesk({ ...open, outbox }).bring(0, shareOf(open, 3, commitment)), /disk full/)
})

test('the outbox shows each epoch as far as it is, and no further', async () => {
  const { open, desk, commitment } = await closedOnce()
  const shown = async () => {
    const { epochs } = (await desk.outbox()) as { epochs: { state: string; shares: number; note: string | null }[] }
    return epochs.map(({ state, shares, note }) => [state, shares, note])
  }
  assert.deepEqual(await shown(), [['closed', 0, null]])
  for (let member = 0; member < 10; member++) await desk.bring(0, shareOf(open, member, commitment))
  assert.deepEqual(await shown(), [['certified', 10, null]])
  const sending = open.outbox.sending('epoch:00000000')
  assert.ok(sending !== undefined)
  for (const state of ['submitted', 'included', 'safe', 'final'] as const) {
    open.outbox.save({ ...sending, state })
    assert.deepEqual(await shown(), [[state, 10, null]])
  }
  open.outbox.save({ ...sending, state: 'waiting', note: 'fee-above-ceiling' })
  assert.deepEqual(await shown(), [['certified', 10, 'fee-above-ceiling']])
})

test('an epoch that the ledger has seen on chain is final, whoever carried it', async () => {
  const { open, desk, commitment } = await closedOnce()
  await onChain(open, { event: 'EpochCommitted', epoch: 0, commitment })
  const { epochs } = (await desk.outbox()) as { epochs: { state: string }[] }
  assert.deepEqual(
    epochs.map(({ state }) => state),
    ['final'],
  )
})

test('certificates are told as an archive holds them', async () => {
  const { open, desk, commitment } = await closedOnce()
  assert.deepEqual(await desk.certificates(), { certificates: [] })
  for (let member = 0; member < 10; member++) await desk.bring(0, shareOf(open, member, commitment))
  const { certificates } = (await desk.certificates()) as { certificates: object[] }
  assert.deepEqual(
    certificates.map((one) => Object.keys(one)),
    [['epoch', 'bitmap', 'signature']],
  )
})

test('the message binds the epoch’s number and its commitment', async () => {
  const { open } = await closedOnce()
  await observeAll(open)
  const [mine, next] = await open.ledger.ask((state) => [epochMessage(state, 0), epochMessage(state, 1)])
  assert.ok(mine !== undefined && mine.length === 32)
  assert.equal(next, undefined)
  assert.equal(sign(mine, MEMBERS[0]!.secret).length, 96)
})
