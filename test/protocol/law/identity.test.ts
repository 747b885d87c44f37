/** Human identities in phase G0 (spec 5.2, 2.5): the founder attests, wallets bind keys, one human is one identity. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hex } from '../../../protocol/wire/bytes.ts'
import { formatTimestamp, millis } from '../../../protocol/wire/time.ts'
import { REGIONS } from '../../../protocol/law/constraints/codes.ts'
import { keyId } from '../../../protocol/wire/ed25519.ts'
import { worldOf } from '../../../protocol/law/world.ts'
import { fork } from '../../support/law/fork.ts'
import { operational, ownership, refuses, responsibility, withholds } from '../../support/law/outcomes.ts'
import {
  ADA,
  fingerprintOf,
  NOOR,
  OPERATORS,
  person,
  RUNTIME,
  signerOf,
  type Person,
} from '../../support/law/people.ts'
import { bindingOf, committed, founded, START } from '../../support/law/world.ts'

const DAY = 86_400_000
const END = millis(START + 30 * DAY)
const base = founded()
const [bea, cem] = OPERATORS
const ZOE = person('zoe', 'CA', 'yew')

function attestation(human: Person, change: { [field: string]: unknown } = {}) {
  const { wallet, region, organization, key } = human
  const binding = bindingOf(human, key, 'command', END)
  const body = {
    wallet,
    region,
    organization,
    key,
    key_purpose: 'command',
    key_not_after: formatTimestamp(END),
    binding,
  }
  return { ...body, ...change }
}

function keyBody(human: Person, name: string, purpose = 'cli') {
  const key = hex(signerOf(name).publicKey)
  return { key, purpose, not_after: formatTimestamp(END), binding: bindingOf(human, key, purpose, END) }
}

describe('an attestation', () => {
  it('makes a human with the first key, whose wallet’s signature and purpose the record keeps', () => {
    const bench = fork(base)
    const body = attestation(ZOE, { key_purpose: 'browser', binding: bindingOf(ZOE, ZOE.key, 'browser', END) })
    const events = committed(bench.send(ADA, 'identity.attest', 'zoe', body))
    const { wallet, region, organization, key } = ZOE
    const { binding } = body
    const key_not_after = formatTimestamp(END)
    assert.deepEqual(
      events.map(({ event_type, subject, data }) => ({ event_type, subject, data })),
      [
        {
          event_type: 'governance.human_attested',
          subject: 'zoe',
          data: {
            by: 'ada',
            wallet,
            region,
            organization,
            key,
            key_purpose: 'browser',
            key_not_after,
            binding,
            trust: 500_000,
          },
        },
        {
          event_type: 'governance.key_bound',
          subject: 'zoe',
          data: {
            actor: 'zoe',
            key,
            key_id: keyId(ZOE.signer.publicKey),
            purpose: 'browser',
            not_after: key_not_after,
          },
        },
      ],
    )
    committed(bench.send(ZOE, 'mission.create', 'm-1', { title: 'T', summary: 'S' }))
  })

  it('is the founder’s to give', () => {
    const bench = fork(base)
    assert.deepEqual(withholds(bench, NOOR, 'identity.attest', 'zoe', attestation(ZOE)), [
      responsibility('signed-by-the-right-kind', { signer: 'human', allowed: 'founder' }),
    ])
  })

  it('is refused to the same human under a second id: by wallet, and by key', () => {
    const bench = fork(base)
    const twin: Person = { ...NOOR, id: 'noor-2' }
    assert.deepEqual(withholds(bench, ADA, 'identity.attest', 'noor-2', attestation(twin)), [
      responsibility('wallet-is-new', { wallet: NOOR.wallet, holder: 'noor' }),
      responsibility('key-is-new', { key: NOOR.key, holder: 'noor' }),
    ])
    const otherKey: Person = { ...twin, key: ZOE.key }
    assert.deepEqual(withholds(bench, ADA, 'identity.attest', 'noor-2', attestation(otherKey)), [
      responsibility('wallet-is-new', { wallet: NOOR.wallet, holder: 'noor' }),
    ])
    const otherWallet: Person = { ...ZOE, id: 'noor-2', key: NOOR.key }
    assert.deepEqual(withholds(bench, ADA, 'identity.attest', 'noor-2', attestation(otherWallet)), [
      responsibility('key-is-new', { key: NOOR.key, holder: 'noor' }),
    ])
  })

  it('is refused the key of a machine, of the runtime, and a key that was revoked: a key is bound once, for good', () => {
    const bench = fork(base)
    for (const [key, holder] of [
      [RUNTIME.key, 'runtime'],
      [hex(signerOf('worker-1').publicKey), 'worker-1'],
    ] as const) {
      assert.deepEqual(withholds(bench, ADA, 'identity.attest', 'zoe', attestation({ ...ZOE, key })), [
        responsibility('key-is-new', { key, holder }),
      ])
    }
    committed(bench.send(NOOR, 'identity.revoke_key', 'noor', { key: NOOR.key }))
    assert.deepEqual(withholds(bench, ADA, 'identity.attest', 'zoe', attestation({ ...ZOE, key: NOOR.key })), [
      responsibility('key-is-new', { key: NOOR.key, holder: 'noor' }),
    ])
  })

  it('is refused a name that is taken, by whatever it is taken', () => {
    const bench = fork(base)
    committed(bench.send(NOOR, 'mission.create', 'm-1', { title: 'T', summary: 'S' }))
    for (const [id, kind] of [
      ['noor', 'human'],
      ['worker-1', 'machine'],
      ['runtime', 'runtime'],
      ['m-1', 'mission'],
      ['epochs', 'epochs'],
      ['beacon', 'beacon'],
      ['chain', 'chain'],
      ['genesis', 'genesis'],
      ['unknown', 'unknown'],
    ] as const) {
      assert.deepEqual(withholds(bench, ADA, 'identity.attest', id, attestation({ ...ZOE, id })), [
        operational('identity-is-new', { id, kind }),
      ])
    }
  })

  for (const [length, held] of [
    [63, true],
    [64, true],
    [65, false],
  ] as const) {
    it(`${held ? 'takes' : 'is refused'} a name of ${length} characters: it will rank in draws`, () => {
      const bench = fork(base)
      const id = 'z'.repeat(length)
      if (held) committed(bench.send(ADA, 'identity.attest', id, attestation({ ...ZOE, id })))
      else {
        const binding = `0x${'11'.repeat(65)}`
        const violations = withholds(bench, ADA, 'identity.attest', id, { ...attestation(ZOE), binding })
        assert.deepEqual(violations.at(-1), operational('id-is-an-actor-id', { length }))
      }
    })
  }

  for (const id of ['__proto__', 'constructor', 'hasownproperty']) {
    it(`takes ${id} as the name that it is`, () => {
      const bench = fork(base)
      committed(bench.send(ADA, 'identity.attest', id, attestation({ ...ZOE, id })))
      assert.equal(bench.state.identities.humans.get(id)?.wallet, ZOE.wallet)
    })
  }

  it('knows the twelve regions and no thirteenth', () => {
    assert.deepEqual(REGIONS, ['AF', 'APAC', 'CA', 'EU', 'LATAM', 'ME', 'NA', 'NE', 'OC', 'SA', 'SE', 'XX'])
    const bench = fork(base)
    for (const region of ['eu', 'EU ', 'E\u200BU', 'ZZ', '']) {
      assert.throws(() => bench.send(ADA, 'identity.attest', 'zoe', attestation(ZOE, { region })), /field-value/)
    }
  })

  it('takes an organization in one spelling only', () => {
    const bench = fork(base)
    for (const organization of ['Yew', 'yew ', 'y\u200Bew', '', '-yew', 'y\u0435w']) {
      assert.throws(() => bench.send(ADA, 'identity.attest', 'zoe', attestation(ZOE, { organization })), /field-/)
    }
  })
})

describe('the wallet’s binding of a key', () => {
  const wrong: { readonly [what: string]: { [field: string]: unknown } } = {
    'another key': { binding: bindingOf(ZOE, NOOR.key, 'command', END) },
    'another identity': { binding: bindingOf({ ...ZOE, id: 'zoe-2' }, ZOE.key, 'command', END) },
    'another purpose': { binding: bindingOf(ZOE, ZOE.key, 'browser', END) },
    'another end': { binding: bindingOf(ZOE, ZOE.key, 'command', millis(END + 1000)) },
    'another wallet’s signature': {
      binding: bindingOf({ ...ZOE, walletSecret: NOOR.walletSecret }, ZOE.key, 'command', END),
    },
  }
  for (const [what, change] of Object.entries(wrong)) {
    it(`does not hold for ${what}`, () => {
      const violations = withholds(fork(base), ADA, 'identity.attest', 'zoe', attestation(ZOE, change))
      assert.deepEqual(
        violations.map(({ constraint, params }) => [constraint, Object.keys(params), params.wallet]),
        [['key-is-bound-by-the-wallet', ['recovered', 'wallet'], ZOE.wallet]],
      )
    })
  }

  const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n
  const good = attestation(ZOE).binding
  const mirrored = () => {
    const s = ORDER - BigInt(`0x${good.slice(66, 130)}`)
    const v = good.endsWith('1b') ? '1c' : '1b'
    return `${good.slice(0, 66)}${s.toString(16).padStart(64, '0')}${v}`
  }
  for (const [what, binding, code] of [
    ['the mirrored signature', mirrored(), 'wallet-signature-high-s'],
    ['v of 0 or 1', `${good.slice(0, 130)}00`, 'wallet-signature-v'],
    ['r of zero', `0x${'00'.repeat(32)}${good.slice(66)}`, 'wallet-signature-range'],
  ] as const) {
    it(`does not hold in ${what}`, () => {
      assert.deepEqual(withholds(fork(base), ADA, 'identity.attest', 'zoe', attestation(ZOE, { binding })), [
        responsibility('key-is-bound-by-the-wallet', { code }),
      ])
    })
  }
})

describe('a further key', () => {
  it('speaks for its human once their wallet has bound it, with the first one still valid', () => {
    const bench = fork(base)
    committed(bench.send(NOOR, 'identity.bind_key', 'noor', keyBody(NOOR, 'noor cli')))
    const cli = { id: 'noor', signer: signerOf('noor cli') }
    committed(bench.send(cli, 'mission.create', 'm-1', { title: 'T', summary: 'S' }))
    committed(bench.send(NOOR, 'mission.hold', 'm-1', { reason: 'R' }))
  })

  it('S-07: is not for another to bind', () => {
    const bench = fork(base)
    assert.deepEqual(withholds(bench, bea, 'identity.bind_key', 'noor', keyBody(NOOR, 'noor cli')), [
      ownership('identity-is-the-signers-own', { identity: 'noor' }),
    ])
  })

  it('is not taken over from its holder', () => {
    const bench = fork(base)
    const body = { ...keyBody(NOOR, 'noor cli'), key: bea.key, binding: bindingOf(NOOR, bea.key, 'cli', END) }
    assert.deepEqual(withholds(bench, NOOR, 'identity.bind_key', 'noor', body), [
      responsibility('key-is-new', { key: bea.key, holder: 'bea' }),
    ])
  })
})

describe('a revocation', () => {
  it('S-07: is the holder’s own', () => {
    const bench = fork(base)
    assert.deepEqual(withholds(bench, bea, 'identity.revoke_key', 'noor', { key: NOOR.key }), [
      ownership('identity-is-the-signers-own', { identity: 'noor' }),
    ])
    assert.deepEqual(withholds(bench, bea, 'identity.revoke_key', 'bea', { key: NOOR.key }), [
      ownership('key-is-the-subjects', { key: NOOR.key, holder: 'noor' }),
    ])
    const nobodys = 'ab'.repeat(32)
    assert.deepEqual(withholds(bench, bea, 'identity.revoke_key', 'bea', { key: nobodys }), [
      ownership('key-is-the-subjects', { key: nobodys, holder: '' }),
    ])
  })

  it('happens once', () => {
    const bench = fork(base)
    committed(bench.send(NOOR, 'identity.bind_key', 'noor', keyBody(NOOR, 'noor cli')))
    const { key } = keyBody(NOOR, 'noor cli')
    committed(bench.send(NOOR, 'identity.revoke_key', 'noor', { key }))
    assert.deepEqual(withholds(bench, NOOR, 'identity.revoke_key', 'noor', { key }), [
      operational('key-is-not-revoked', { key }),
    ])
  })

  it('is not undone by binding the key again', () => {
    const bench = fork(base)
    const body = keyBody(NOOR, 'noor cli')
    committed(bench.send(NOOR, 'identity.bind_key', 'noor', body))
    committed(bench.send(NOOR, 'identity.revoke_key', 'noor', { key: body.key }))
    assert.deepEqual(withholds(bench, NOOR, 'identity.bind_key', 'noor', body), [
      responsibility('key-is-new', { key: body.key, holder: 'noor' }),
    ])
  })
})

describe('a human reviewer', () => {
  it('enrols themselves, once', () => {
    const bench = fork(base)
    assert.deepEqual(withholds(bench, bea, 'identity.enroll_reviewer', 'cem', {}), [
      ownership('identity-is-the-signers-own', { identity: 'cem' }),
    ])
    committed(bench.send(cem, 'identity.enroll_reviewer', 'cem', {}))
    assert.deepEqual(withholds(bench, cem, 'identity.enroll_reviewer', 'cem', {}), [
      operational('reviewer-is-new', { id: 'cem' }),
    ])
  })

  it('is not eligible from an undeclared region, nor is a machine of theirs', () => {
    const bench = fork(base)
    const nowhere = person('xan', 'XX', 'xerox')
    committed(bench.send(ADA, 'identity.attest', 'xan', attestation(nowhere)))
    committed(bench.send(nowhere, 'identity.enroll_reviewer', 'xan', {}))
    committed(
      bench.send(nowhere, 'machine.register', 'xan-1', {
        model_family: 'f',
        method_type: 'reasoning_model',
        fingerprint: fingerprintOf('f'),
        key: 'ab'.repeat(32),
        key_not_after: formatTimestamp(END),
        lineage: [],
        reviews: true,
      }),
    )
    assert.deepEqual(
      worldOf(bench.state)
        .reviewerPool()
        .map((member) => member.id),
      ['reviewer-bm25', 'reviewer-quality', 'reviewer-rerun', 'reviewer-sql', 'reviewer-ts'],
    )
  })
})

describe('the runtime’s key', () => {
  const body = { key: hex(signerOf('runtime 2').publicKey), not_after: formatTimestamp(END) }
  const next = { id: 'runtime', signer: signerOf('runtime 2') }
  const beacon = ['beacon.observed', 'beacon', { round: 1, signature: 'ab'.repeat(48) }] as const

  it('is rotated by the founder, and the old one says nothing from then on', () => {
    const bench = fork(base)
    const events = committed(bench.send(ADA, 'runtime.rotate_key', 'runtime', body))
    assert.deepEqual(
      events.map(({ event_type }) => event_type),
      ['governance.runtime_key_rotated', 'governance.key_revoked', 'governance.key_bound'],
    )
    const key_id = keyId(RUNTIME.signer.publicKey)
    assert.deepEqual(refuses(bench, bench.envelope(RUNTIME, ...beacon)), { code: 'key-revoked', params: { key_id } })
    const recorded = bench.send(next, ...beacon)
    assert.equal(recorded.kind, 'entry')
  })

  it('is rotated for the runtime and nobody else', () => {
    assert.deepEqual(withholds(fork(base), ADA, 'runtime.rotate_key', 'noor', body), [
      operational('subject-is-the-runtime', { subject: 'noor' }),
    ])
  })

  it('is not rotated by the runtime, by another human, or onto a key that someone holds', () => {
    const bench = fork(base)
    for (const [sender, signer] of [
      [RUNTIME, 'runtime'],
      [NOOR, 'human'],
    ] as const) {
      assert.deepEqual(withholds(bench, sender, 'runtime.rotate_key', 'runtime', body), [
        responsibility('signed-by-the-right-kind', { signer, allowed: 'founder' }),
      ])
    }
    assert.deepEqual(withholds(bench, ADA, 'runtime.rotate_key', 'runtime', { ...body, key: ADA.key }), [
      responsibility('key-is-new', { key: ADA.key, holder: 'ada' }),
    ])
  })
})
