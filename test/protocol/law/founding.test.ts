/** The founding (spec 2.2, 5.2, 12 K1): a genesis command that does not hold is no genesis, and nothing begins. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import type { Json } from '../../../protocol/wire/canonical-json.ts'
import { encode } from '../../../protocol/wire/canonical-json.ts'
import { keyId } from '../../../protocol/wire/ed25519.ts'
import { formatTimestamp, millis } from '../../../protocol/wire/time.ts'
import { trustOf } from '../../../protocol/law/trust/state.ts'
import { digestOfWhole } from '../../support/law/digest-of-state.ts'
import { refuses } from '../../support/law/outcomes.ts'
import { ADA, NOOR, RUNTIME, signerOf } from '../../support/law/people.ts'
import { bindingOf, committed, emptyBench, genesisBody, readConfig, START } from '../../support/law/world.ts'

const DAY = 86_400_000
const GOOD = genesisBody() as unknown as {
  readonly beacon: object
  readonly chains: readonly object[]
  readonly committee: { readonly id: string; readonly members: readonly { readonly [name: string]: string }[] }
  readonly constitution: {
    readonly params: string
    readonly policy: string
    readonly genome: string
    readonly texts: object
  }
  readonly contracts: { readonly committee_registry: object }
  readonly founder: object
  readonly runtime: object
}

function refusalOf(change: object, as: { id?: string; subject?: string } = {}) {
  const bench = emptyBench()
  const sender = { ...ADA, id: as.id ?? 'ada' }
  const body = { ...GOOD, ...change } as unknown as Json
  return refuses(bench, bench.envelope(sender, 'genesis', as.subject ?? 'genesis', body))
}

/** Malformed bodies do not come so far as the law. */
function faultOf(change: object): string {
  const bench = emptyBench()
  try {
    bench.send(ADA, 'genesis', 'genesis', { ...GOOD, ...change })
  } catch (error) {
    const { code, path } = (JSON.parse((error as Error).message) as { error: { code: string; path: string } }).error
    return `${code} ${path}`
  }
  return 'none'
}

const member = GOOD.committee.members[0]!

describe('a founding', () => {
  it('begins everything: its entry is the first, follows sixty-four zeros, and its hash names the deployment', () => {
    const bench = emptyBench()
    const recorded = bench.send(ADA, 'genesis', 'genesis', GOOD)
    const events = committed(recorded)
    assert.ok(recorded.kind === 'entry')
    assert.deepEqual(
      events.map(({ event_type, subject }) => [event_type, subject]),
      [
        ['governance.deployment_founded', 'genesis'],
        ['governance.key_bound', 'runtime'],
        ['governance.human_attested', 'ada'],
        ['governance.key_bound', 'ada'],
      ],
    )
    const entry = JSON.parse(recorded.entry.text) as { [name: string]: Json }
    assert.equal(entry.seq, 0)
    assert.equal(entry.previous, `sha256:${'0'.repeat(64)}`)
    const hash = `sha256:${createHash('sha256').update(recorded.entry.text).digest('hex')}`
    assert.equal(bench.state.founded?.deployment.id, hash)
    assert.equal(bench.state.books.head, hash)
  })

  it('fixes the constitution by the hash of its four parts', () => {
    const bench = emptyBench()
    committed(bench.send(ADA, 'genesis', 'genesis', GOOD))
    const documents = Object.fromEntries(
      (['params', 'policy', 'genome'] as const).map((name) => [name, JSON.parse(GOOD.constitution[name]) as Json]),
    )
    const hash = createHash('sha256')
      .update(encode({ ...documents, texts: {} }))
      .digest('hex')
    assert.equal(bench.state.founded?.constitution.hash, `sha256:${hash}`)
  })

  it('happens once', () => {
    const bench = emptyBench()
    const envelope = bench.envelope(ADA, 'genesis', 'genesis', GOOD)
    committed(bench.give(envelope))
    const before = digestOfWhole(bench.state)
    const again = bench.give(envelope)
    assert.notEqual(again.kind, 'entry')
    assert.equal(digestOfWhole(bench.state), before)
  })

  it('grants its founder nothing that another human has not, but what founders sign', () => {
    const bench = emptyBench()
    committed(bench.send(ADA, 'genesis', 'genesis', GOOD))
    assert.deepEqual(bench.state.identities.humans.get('ada'), {
      id: 'ada',
      wallet: ADA.wallet,
      region: 'EU',
      organization: 'founders',
      attestedBy: 'ada',
      reviews: false,
    })
    assert.equal(trustOf(bench.state.trust, 'ada'), 500_000)
  })
})

describe('a founding is refused', () => {
  it('when another key signed it than the one it brings', () => {
    const bench = emptyBench()
    const sender = { id: 'ada', signer: NOOR.signer }
    assert.deepEqual(refuses(bench, bench.envelope(sender, 'genesis', 'genesis', GOOD)), {
      code: 'unknown-key',
      params: { key_id: keyId(NOOR.signer.publicKey) },
    })
  })

  it('when its signature does not hold', () => {
    const bench = emptyBench()
    const signer = { publicKey: ADA.signer.publicKey, sign: () => new Uint8Array(64).fill(1) }
    assert.equal(
      refuses(bench, bench.envelope({ id: 'ada', signer }, 'genesis', 'genesis', GOOD)).code,
      'signature-invalid',
    )
  })

  it('when it calls itself otherwise', () => {
    assert.deepEqual(refusalOf({}, { subject: 'ours' }), {
      code: 'genesis-subject-differs',
      params: { required: 'genesis' },
      path: '/subject',
    })
  })

  const end = (ms: number) => formatTimestamp(millis(START + ms))
  const bound = (ms: number, person = ADA) => ({
    ...GOOD.founder,
    key_not_after: end(ms),
    binding: bindingOf(person, ADA.key, 'command', millis(START + ms)),
  })
  const cases: readonly (readonly [what: string, change: object, code: string, path: string, as?: { id?: string }])[] =
    [
      [
        'when regular epochs are not as long as the constitution says',
        { development: false },
        'epoch-length-not-constitutional',
        '/body/epoch_ms',
      ],
      [
        'when epochs could not end on full minutes',
        { epoch_ms: 90_000 },
        'epoch-length-not-whole-minutes',
        '/body/epoch_ms',
      ],
      [
        'with fourteen members',
        { committee: { ...GOOD.committee, members: GOOD.committee.members.slice(1) } },
        'committee-not-constitutional',
        '/body/committee',
      ],
      [
        'with sixteen members',
        {
          committee: {
            ...GOOD.committee,
            members: [...GOOD.committee.members, { ...member, id: 'member-15', address: `0x${'77'.repeat(20)}` }],
          },
        },
        'committee-not-constitutional',
        '/body/committee',
      ],
      [
        'with a threshold of nine',
        { committee: { ...GOOD.committee, threshold: 9 } },
        'committee-not-constitutional',
        '/body/committee',
      ],
      [
        'with a threshold of eleven',
        { committee: { ...GOOD.committee, threshold: 11 } },
        'committee-not-constitutional',
        '/body/committee',
      ],
      [
        'with one member twice',
        { committee: { ...GOOD.committee, members: [member, ...GOOD.committee.members.slice(0, 14)] } },
        'committee-member-twice',
        '/body/committee/members',
      ],
      [
        'with one member under two addresses',
        {
          committee: {
            ...GOOD.committee,
            members: GOOD.committee.members.map((m, i) => (i === 1 ? { ...m, id: member.id! } : m)),
          },
        },
        'committee-member-twice',
        '/body/committee/members',
      ],
      [
        'with a committee by another’s name',
        { committee: { ...GOOD.committee, id: `sha256:${'12'.repeat(32)}` } },
        'committee-id-differs',
        '/body/committee/id',
      ],
      [
        'with one role of a chain twice',
        { chains: [GOOD.chains[0], GOOD.chains[0]] },
        'chain-role-twice',
        '/body/chains',
      ],
      [
        'when the founder’s key has ended',
        { founder: bound(0) },
        'key-lasts-no-longer-than-allowed',
        '/body/founder/key_not_after',
      ],
      [
        'when the founder’s key lasts too long',
        { founder: bound(90 * DAY + 1000) },
        'key-lasts-no-longer-than-allowed',
        '/body/founder/key_not_after',
      ],
      [
        'when the runtime’s key has ended',
        { runtime: { ...GOOD.runtime, key_not_after: end(0) } },
        'key-lasts-no-longer-than-allowed',
        '/body/runtime/key_not_after',
      ],
      [
        'when the runtime’s key lasts too long',
        { runtime: { ...GOOD.runtime, key_not_after: end(90 * DAY + 1) } },
        'key-lasts-no-longer-than-allowed',
        '/body/runtime/key_not_after',
      ],
      [
        'when another wallet bound the founder’s key',
        { founder: bound(DAY, { ...NOOR, id: 'ada' }) },
        'founder-key-not-bound',
        '/body/founder/binding',
      ],
      [
        'when the wallet bound it for another end',
        { founder: { ...bound(DAY), key_not_after: end(2 * DAY) } },
        'founder-key-not-bound',
        '/body/founder/binding',
      ],
      [
        'when the wallet bound it for another identity',
        {},
        'founder-key-not-bound',
        '/body/founder/binding',
        { id: 'eve' },
      ],
      [
        'when the runtime would be its founder',
        { runtime: { ...GOOD.runtime, id: 'ada' } },
        'runtime-is-the-founder',
        '/body/runtime/id',
      ],
      [
        'when the runtime would sign with its founder’s key',
        { runtime: { ...GOOD.runtime, key: ADA.key } },
        'runtime-has-the-founders-key',
        '/body/runtime/key',
      ],
      [
        'when the runtime takes a name that means something else',
        { runtime: { ...GOOD.runtime, id: 'epochs' } },
        'name-reserved',
        '/body/runtime/id',
      ],
      [
        'when the runtime is granted what only a human signs',
        { runtime: { ...GOOD.runtime, may: ['epoch.close', 'mission.create'] } },
        'grant-not-mechanical',
        '/body/runtime/may',
      ],
      [
        'when the runtime is granted what nobody knows',
        { runtime: { ...GOOD.runtime, may: ['chamber.seat'] } },
        'grant-not-mechanical',
        '/body/runtime/may',
      ],
      [
        'when the beacon’s key is no point',
        { beacon: { ...GOOD.beacon, public_key: 'ab'.repeat(96) } },
        'bls-key-invalid',
        '/body/beacon/public_key',
      ],
      [
        'when the founder takes a name that means something else',
        { founder: { ...bound(DAY, { ...ADA, id: 'chain' }) } },
        'name-reserved',
        '/actor',
        { id: 'chain' },
      ],
    ]
  for (const [what, change, code, path, as] of cases) {
    it(what, () => {
      const refusal = refusalOf(change, as)
      assert.deepEqual([refusal.code, refusal.path], [code, path])
    })
  }

  for (const [what, from, to, code] of [
    ['with a weakened parameter', '"t":10', '"t":9', 'constitution-unsound'],
    [
      'with another value than the constitution’s',
      '"KEY_ROTATION_DAYS":90',
      '"KEY_ROTATION_DAYS":89',
      'constitution-not-pinned',
    ],
    ['with no parameters', /.*/, '', 'constitution-unsound'],
    ['with a parameter twice', '"t":10', '"t":10,"t":10', 'constitution-unsound'],
  ] as const) {
    it(what, () => {
      const params = GOOD.constitution.params.replace(from, to)
      assert.notEqual(params, readConfig('constitutional_params'))
      const refusal = refusalOf({ constitution: { ...GOOD.constitution, params } })
      assert.deepEqual([refusal.code, refusal.path], [code, '/body/constitution'])
    })
  }

  it('with a policy that contradicts the parameters', () => {
    const policy = GOOD.constitution.policy.replace('"documentation_update":"R0"', '"documentation_update":"R2"')
    assert.equal(refusalOf({ constitution: { ...GOOD.constitution, policy } }).code, 'constitution-not-pinned')
  })
})

describe('a founding is malformed', () => {
  for (const [what, change, fault] of [
    ['in another protocol version', { protocol_version: '0.1' }, 'field-value /payload/body/protocol_version'],
    ['with epochs under a minute', { epoch_ms: 59_999 }, 'field-range /payload/body/epoch_ms'],
    ['with epochs over an hour', { epoch_ms: 3_600_001 }, 'field-range /payload/body/epoch_ms'],
    ['with one chain', { chains: [GOOD.chains[0]] }, 'field-range /payload/body/chains'],
    ['with a development flag in words', { development: 'true' }, 'field-type /payload/body/development'],
    [
      'with a grant twice',
      { runtime: { ...GOOD.runtime, may: ['epoch.close', 'epoch.close'] } },
      'field-repeated /payload/body/runtime/may/1',
    ],
    [
      'with a contract more',
      { contracts: { ...GOOD.contracts, anchor_log: GOOD.contracts.committee_registry } },
      'field-unknown /payload/body/contracts/anchor_log',
    ],
    [
      'with an address in capitals',
      { founder: { ...GOOD.founder, wallet: ADA.wallet.toUpperCase().replace('X', 'x') } },
      'field-pattern /payload/body/founder/wallet',
    ],
  ] as const) {
    it(what, () => assert.equal(faultOf(change), fault))
  }
})

describe('the runtime’s grant', () => {
  it('is what the genesis entry says: a mechanical type that it leaves out is withheld', () => {
    const bench = emptyBench()
    committed(
      bench.send(ADA, 'genesis', 'genesis', { ...GOOD, runtime: { ...GOOD.runtime, may: ['beacon.observed'] } }),
    )
    const end = formatTimestamp(millis(bench.now()))
    const recorded = bench.send(RUNTIME, 'epoch.close', 'epochs', { epoch: 0, end })
    assert.ok(recorded.kind === 'entry')
    assert.ok(recorded.entry.violations.some(({ constraint }) => constraint === 'granted-to-the-runtime'))
  })

  it('binds its key to its name alone', () => {
    const bench = emptyBench()
    committed(bench.send(ADA, 'genesis', 'genesis', GOOD))
    const held = bench.state.keyring.get(keyId(signerOf('runtime').publicKey))
    assert.equal(held?.actor, 'runtime')
  })
})
