/** Who is not heard (spec 2.2; issue: «Bad input»): nobody of ours signed it, so nothing is recorded and nothing moves. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { encode, parse } from '../../../protocol/wire/canonical-json.ts'
import { base64, fromBase64, hex } from '../../../protocol/wire/bytes.ts'
import { seal, type Envelope } from '../../../protocol/wire/dsse.ts'
import { keyId } from '../../../protocol/wire/ed25519.ts'
import { formatTimestamp, millis } from '../../../protocol/wire/time.ts'
import { COMMAND_PAYLOAD_TYPE } from '../../../protocol/genesis.ts'
import { digestOfSubjects } from '../../support/law/digest-of-state.ts'
import { fork } from '../../support/law/fork.ts'
import { refuses, responsibility, violationsOf } from '../../support/law/outcomes.ts'
import { ADA, fingerprintOf, NOOR, OPERATORS, RUNTIME, signerOf, WORKER } from '../../support/law/people.ts'
import { bindingOf, committed, founded, genesisBody, START, type Sender } from '../../support/law/world.ts'

const DAY = 86_400_000
const base = founded()
const [bea] = OPERATORS
const BODY = { title: 'A report', summary: 'We need it.' }
const STRANGER: Sender = { id: 'stranger', signer: signerOf('stranger') }
const strangersKey = keyId(STRANGER.signer.publicKey)

function openedOf(text: string): Envelope {
  const json = parse(text)
  assert.ok(json.ok)
  return json.value as unknown as Envelope
}

function withSignature(text: string, change: (signature: Uint8Array) => Uint8Array): string {
  const envelope = openedOf(text)
  const [one] = envelope.signatures
  const signature = fromBase64(one!.sig)
  assert.ok(signature.ok)
  return encode({ ...envelope, signatures: [{ ...one!, sig: base64(change(signature.value)) }] })
}

describe('a sender', () => {
  it('whom nobody registered is unknown', () => {
    const bench = fork(base)
    assert.deepEqual(refuses(bench, bench.envelope(STRANGER, 'mission.create', 'm-1', BODY)), {
      code: 'unknown-actor',
      params: { actor: 'stranger' },
    })
  })

  for (const id of ['__proto__', 'constructor', 'tostring', 'hasownproperty']) {
    it(`by the name of ${id} is unknown like any other`, () => {
      const bench = fork(base)
      assert.deepEqual(refuses(bench, bench.envelope({ ...STRANGER, id }, 'mission.create', 'm-1', BODY)), {
        code: 'unknown-actor',
        params: { actor: id },
      })
    })
  }

  it('with a key that nobody bound to them is not them', () => {
    const bench = fork(base)
    assert.deepEqual(refuses(bench, bench.envelope({ ...STRANGER, id: 'noor' }, 'mission.create', 'm-1', BODY)), {
      code: 'unknown-key',
      params: { key_id: strangersKey },
    })
  })

  it('with the key of another is not them', () => {
    const bench = fork(base)
    assert.deepEqual(refuses(bench, bench.envelope({ ...bea, id: 'noor' }, 'mission.create', 'm-1', BODY)), {
      code: 'key-of-another',
      params: { key_id: keyId(bea.signer.publicKey) },
    })
  })

  it('who writes for another deployment is not heard here', () => {
    const bench = fork(base)
    const deployment = `sha256:${'12'.repeat(32)}`
    assert.deepEqual(refuses(bench, bench.envelope(NOOR, 'mission.create', 'm-1', BODY, { deployment })), {
      code: 'other-deployment',
      params: { deployment },
    })
  })

  it('who founds a deployment in a founded one is not heard', () => {
    const bench = fork(base)
    assert.deepEqual(
      refuses(bench, bench.envelope(ADA, 'genesis', 'genesis', { ...genesisBody(), refused_classes: ['x'] })),
      {
        code: 'deployment-already-founded',
        params: {},
      },
    )
  })
})

describe('a signature', () => {
  const bench = fork(base)
  const good = bench.envelope(NOOR, 'mission.create', 'm-1', BODY)
  const invalid = { code: 'signature-invalid', params: { key_id: keyId(NOOR.signer.publicKey) } }
  const L = (1n << 252n) + 27742317777372353535851937790883648493n

  function plusOrder(signature: Uint8Array): Uint8Array {
    const s = BigInt(`0x${hex(signature.slice(32).toReversed())}`) + L
    const bytes = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse()
    return Uint8Array.of(...signature.slice(0, 32), ...bytes)
  }

  it('counts as it is', () => {
    committed(fork(bench).give(good))
  })

  const wrong: { readonly [what: string]: (signature: Uint8Array) => Uint8Array } = {
    'one bit of R flipped': (signature) => signature.map((byte, i) => (i === 5 ? byte ^ 1 : byte)),
    'one bit of S flipped': (signature) => signature.map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
    'S plus the order of the group': plusOrder,
    'R the neutral element and S zero': () => Uint8Array.from({ length: 64 }, (_, i) => (i === 0 ? 1 : 0)),
    'all bytes zero': () => new Uint8Array(64),
    'all bits set': () => new Uint8Array(64).fill(255),
  }
  for (const [what, change] of Object.entries(wrong)) {
    it(`with ${what} does not`, () => assert.deepEqual(refuses(fork(bench), withSignature(good, change)), invalid))
  }

  it('of another command does not', () => {
    const other = openedOf(bench.envelope(NOOR, 'mission.create', 'm-2', BODY))
    const text = encode({ ...openedOf(good), signatures: other.signatures })
    assert.deepEqual(refuses(fork(bench), text), invalid)
  })

  it('over a payload that was changed afterwards does not', () => {
    const envelope = openedOf(good)
    const payload = Buffer.from(envelope.payload, 'base64').toString().replace('A report', 'A rebort')
    const text = encode({ ...envelope, payload: Buffer.from(payload).toString('base64') })
    assert.deepEqual(refuses(fork(bench), text), invalid)
  })

  it('under the id of another key of the same person does not', () => {
    const bound = fork(bench)
    const second = signerOf('noor cli')
    const end = millis(START + 30 * DAY)
    const key = hex(second.publicKey)
    const body = { key, purpose: 'cli', not_after: formatTimestamp(end), binding: bindingOf(NOOR, key, 'cli', end) }
    committed(bound.send(NOOR, 'identity.bind_key', 'noor', body))
    const envelope = openedOf(good)
    const keyid = keyId(second.publicKey)
    const text = encode({ ...envelope, signatures: [{ keyid, sig: envelope.signatures[0]!.sig }] })
    assert.deepEqual(refuses(bound, text), { code: 'signature-invalid', params: { key_id: keyid } })
  })

  it('by a key of small order is never valid, although such a key can be registered', () => {
    // The neutral element: with R the same and S = 0 the lax equation holds for any message.
    const key = `01${'00'.repeat(31)}`
    const bound = fork(bench)
    const end = millis(START + 30 * DAY)
    committed(
      bound.send(bea, 'machine.register', 'm-small', {
        model_family: 'f',
        method_type: 'reasoning_model',
        fingerprint: fingerprintOf('f'),
        key,
        key_not_after: formatTimestamp(end),
        lineage: [],
        reviews: false,
      }),
    )
    const publicKey = Uint8Array.from(Buffer.from(key, 'hex'))
    const forged = Uint8Array.from({ length: 64 }, (_, i) => (i === 0 ? 1 : 0))
    const sender = { id: 'm-small', signer: { publicKey, sign: () => forged } }
    assert.deepEqual(refuses(bound, bound.envelope(sender, 'mission.start', 'm-1', { task: 't-1' })), {
      code: 'signature-invalid',
      params: { key_id: keyId(publicKey) },
    })
  })
})

describe('a key', () => {
  const body = { title: 'A report', summary: 'We need it.' }

  for (const [what, at, heard] of [
    ['a millisecond before its end', -1, true],
    ['at its end', 0, true],
    ['a millisecond after its end', 1, false],
  ] as const) {
    it(`${heard ? 'speaks' : 'says nothing'} ${what} (reading T16)`, () => {
      const bench = fork(base)
      bench.wait(80 * DAY + at)
      const envelope = bench.envelope(NOOR, 'mission.create', 'm-1', body)
      if (heard) committed(bench.give(envelope))
      else {
        const refusal = { code: 'key-expired', params: { key_id: keyId(NOOR.signer.publicKey) } }
        assert.deepEqual(refuses(bench, envelope), refusal)
      }
    })
  }

  it('that was revoked says nothing, not even in a command signed before', () => {
    const bench = fork(base)
    const before = bench.envelope(NOOR, 'mission.create', 'm-1', body)
    committed(bench.send(NOOR, 'identity.revoke_key', 'noor', { key: NOOR.key }))
    assert.deepEqual(refuses(bench, before), { code: 'key-revoked', params: { key_id: keyId(NOOR.signer.publicKey) } })
  })

  it('that was revoked still gets the answer that its command had', () => {
    const bench = fork(base)
    const before = bench.envelope(NOOR, 'mission.create', 'm-1', body)
    const first = bench.give(before)
    assert.ok(first.kind === 'entry')
    committed(bench.send(NOOR, 'identity.revoke_key', 'noor', { key: NOOR.key }))
    assert.deepEqual(bench.give(before), { kind: 'repeated', seq: first.entry.seq })
  })
})

describe('binding a key that nobody holds yet', () => {
  const fresh = signerOf('noor browser')
  const key = hex(fresh.publicKey)
  const end = millis(START + 30 * DAY)
  const bodyBoundBy = (person: typeof NOOR) => ({
    key,
    purpose: 'browser',
    not_after: formatTimestamp(end),
    binding: bindingOf({ ...person, id: 'noor' }, key, 'browser', end),
  })

  it('is heard from that key itself, when the wallet has bound it: the wallet is the root', () => {
    const bench = fork(base)
    committed(bench.send({ id: 'noor', signer: fresh }, 'identity.bind_key', 'noor', bodyBoundBy(NOOR)))
    committed(bench.send({ id: 'noor', signer: fresh }, 'mission.create', 'm-1', BODY))
  })

  it('is heard so even after every other key was revoked', () => {
    const bench = fork(base)
    committed(bench.send(NOOR, 'identity.revoke_key', 'noor', { key: NOOR.key }))
    committed(bench.send({ id: 'noor', signer: fresh }, 'identity.bind_key', 'noor', bodyBoundBy(NOOR)))
  })

  it('is not heard from a stranger’s key: they could fill the ledger in another’s name and spend their nonces', () => {
    const bench = fork(base)
    const refusal = { code: 'unknown-key', params: { key_id: keyId(fresh.publicKey) } }
    const sender = { id: 'noor', signer: fresh }
    const envelope = bench.envelope(sender, 'identity.bind_key', 'noor', bodyBoundBy(bea), { nonce: 'mine' })
    assert.deepEqual(refuses(bench, envelope), refusal)
    committed(bench.send(NOOR, 'mission.create', 'm-1', BODY, { nonce: 'mine' }))
  })

  for (const actor of [WORKER.id, RUNTIME.id]) {
    it(`is not heard in the name of ${actor}, who has no wallet`, () => {
      const bench = fork(base)
      const envelope = bench.envelope({ id: actor, signer: fresh }, 'identity.bind_key', actor, bodyBoundBy(bea))
      assert.deepEqual(refuses(bench, envelope), { code: 'unknown-key', params: { key_id: keyId(fresh.publicKey) } })
    })
  }

  it('is not heard when the binding is of another key than the one that signs', () => {
    const bench = fork(base)
    const envelope = bench.envelope(
      { id: 'noor', signer: STRANGER.signer },
      'identity.bind_key',
      'noor',
      bodyBoundBy(NOOR),
    )
    assert.deepEqual(refuses(bench, envelope), { code: 'unknown-key', params: { key_id: strangersKey } })
  })

  it('is withheld, on record, when a key of one’s own brings a binding that is not the wallet’s', () => {
    const bench = fork(base)
    const before = digestOfSubjects(bench.state)
    const violations = violationsOf(bench.send(NOOR, 'identity.bind_key', 'noor', bodyBoundBy(bea)))
    assert.deepEqual(violations, [
      responsibility('key-is-bound-by-the-wallet', { recovered: bea.wallet, wallet: NOOR.wallet }),
    ])
    assert.equal(digestOfSubjects(bench.state), before)
  })
})

describe('what was said to one deployment', () => {
  it('is worth nothing in its twin: the id is the hash of the genesis entry', () => {
    const twin = founded(millis(START + 1))
    const said = fork(base).envelope(NOOR, 'mission.create', 'm-1', BODY)
    assert.notEqual(twin.state.founded!.deployment.id, base.state.founded!.deployment.id)
    assert.deepEqual(refuses(twin, said), {
      code: 'other-deployment',
      params: { deployment: base.state.founded!.deployment.id },
    })
  })

  it('in another payload type is not a command', () => {
    const bench = fork(base)
    const envelope = seal(`${COMMAND_PAYLOAD_TYPE}x`, { a: 1 }, NOOR.signer)
    assert.throws(() => bench.give(encode(envelope)))
  })
})
