/** The edge (spec 2.1, 2.2; issue: «Bad input»): what is no command is answered with a code and never recorded. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { encode, type Json } from '../../../protocol/wire/canonical-json.ts'
import { base64, fromBase64, utf8 } from '../../../protocol/wire/bytes.ts'
import { pae, seal, type Envelope } from '../../../protocol/wire/dsse.ts'
import { keyId } from '../../../protocol/wire/ed25519.ts'
import { COMMAND_CAPS, COMMAND_PAYLOAD_TYPE, admit, readPayload } from '../../../protocol/genesis.ts'
import { allCommandTypes } from '../../../protocol/law/commands.ts'
import { bodyOf } from '../../support/law/bodies.ts'
import { faultOf } from '../../support/law/outcomes.ts'
import { NOOR } from '../../support/law/people.ts'
import { emptyBench, genesisBody, founded } from '../../support/law/world.ts'

const bench = founded()
const deployment = bench.state.founded!.deployment.id

const PAYLOAD = {
  actor: 'noor',
  body: { summary: 'We need it.', title: 'A report' },
  deployment,
  expires: '2026-02-13T09:01:00.000Z',
  issued: '2026-02-13T09:00:00.000Z',
  nonce: 'n-1',
  subject: 'm-1',
  type: 'mission.create',
}

/** An envelope around any text, signed as it should be. */
function around(text: string, type = COMMAND_PAYLOAD_TYPE): Envelope {
  const bytes = utf8(text)
  const sig = base64(NOOR.signer.sign(pae(type, bytes)))
  return { payload: base64(bytes), payloadType: type, signatures: [{ keyid: keyId(NOOR.signer.publicKey), sig }] }
}

function withPayload(change: object): string {
  return encode(around(encode({ ...PAYLOAD, ...change })))
}

const GOOD = around(encode(PAYLOAD))

describe('an envelope', () => {
  it('is admitted in its one form', () => {
    const command = admit(encode(GOOD))
    assert.ok(command.ok)
    assert.equal(command.value.type, 'mission.create')
    assert.equal(command.value.envelopeText, encode(GOOD))
  })

  const [one] = GOOD.signatures
  const variants: { readonly [what: string]: readonly [text: string, fault: string] } = {
    'no JSON at all': ['command', 'json-malformed'],
    nothing: ['', 'json-malformed'],
    'a number': ['7', 'field-type'],
    null: ['null', 'field-type'],
    'an array': ['[]', 'field-type'],
    'a byte order mark': [`\uFEFF${encode(GOOD)}`, 'json-malformed'],
    'a space': [encode(GOOD).replace(':', ': '), 'json-not-canonical'],
    'a newline at the end': [`${encode(GOOD)}\n`, 'json-not-canonical'],
    'another order of fields': [
      JSON.stringify({ signatures: GOOD.signatures, payloadType: GOOD.payloadType, payload: GOOD.payload }),
      'json-not-canonical',
    ],
    'an escaped letter': [encode(GOOD).replace('payloadType', String.raw`p\u0061yloadType`), 'json-not-canonical'],
    'a field twice': [encode(GOOD).replace('{', `{"payload":"e30=",`), 'json-duplicate-key'],
    'a field more': [encode({ ...GOOD, zz: 1 }), 'field-unknown /zz'],
    '__proto__ as a field': [encode(GOOD).replace('{', '{"__proto__":{},'), 'field-unknown /__proto__'],
    'no signature': [encode({ ...GOOD, signatures: [] }), 'field-range /signatures'],
    'a second signature': [encode({ ...GOOD, signatures: [one!, one!] }), 'field-range /signatures'],
    'a signature without its padding': [
      encode({ ...GOOD, signatures: [{ ...one!, sig: one!.sig.replace('=', '') }] }),
      'base64-malformed /signatures/0/sig',
    ],
    'a signature in base64url': [
      encode({ ...GOOD, signatures: [{ ...one!, sig: `-${one!.sig.slice(1)}` }] }),
      'base64-malformed /signatures/0/sig',
    ],
    'a signature of 63 bytes': [
      encode({ ...GOOD, signatures: [{ ...one!, sig: base64(new Uint8Array(63)) }] }),
      'envelope-signature-length /signatures/0/sig',
    ],
    'a signature of 65 bytes': [
      encode({ ...GOOD, signatures: [{ ...one!, sig: base64(new Uint8Array(65)) }] }),
      'envelope-signature-length /signatures/0/sig',
    ],
    'a key id in capitals': [
      encode({ ...GOOD, signatures: [{ ...one!, keyid: one!.keyid.toUpperCase() }] }),
      'field-pattern /signatures/0/keyid',
    ],
    'another payload type': [
      encode(around(encode(PAYLOAD), 'application/vnd.in-toto+json')),
      'payload-type-unknown /payloadType',
    ],
    'a payload type with a case changed': [
      encode(around(encode(PAYLOAD), 'application/vnd.Genesis.command+json')),
      'payload-type-unknown /payloadType',
    ],
  }
  for (const [what, [text, fault]] of Object.entries(variants)) {
    it(`is refused with ${what}`, () => assert.equal(faultOf(text), fault))
  }

  it('is refused when the last bits of its base64 are not zero: the same bytes in another spelling', () => {
    const text = encode(GOOD)
    const { sig } = GOOD.signatures[0]!
    const spare = { A: 'B', Q: 'R', g: 'h', w: 'x' }[sig.at(-3)!]
    assert.ok(spare !== undefined)
    const varied = text.replace(sig, `${sig.slice(0, -3)}${spare}==`)
    assert.equal(faultOf(varied), 'base64-malformed /signatures/0/sig')
    assert.equal(fromBase64(sig).ok, true)
  })

  it('is refused in bytes that are not UTF-8', () => {
    assert.equal(faultOf(Uint8Array.of(0x7b, 0xff, 0x7d)), 'text-not-utf8')
  })
})

describe('a payload', () => {
  const malformed: { readonly [what: string]: readonly [payload: string, fault: string] } = {
    'no JSON': ['{', 'json-malformed /payload'],
    'a space': [`{ ${encode(PAYLOAD).slice(1)}`, 'json-not-canonical /payload'],
    'a field twice': [encode(PAYLOAD).replace('{', '{"actor":"ada",'), 'json-duplicate-key /payload'],
    'a lone surrogate': [encode(PAYLOAD).replace('A report', String.raw`A \ud800 report`), 'json-surrogate /payload'],
    'a fraction': [encode({ ...PAYLOAD, expects: 1.5 }), 'json-number /payload'],
    'an unsafe integer': [
      encode(PAYLOAD).replace('"issued"', '"expects":9007199254740993,"issued"'),
      'json-number /payload',
    ],
    'minus zero': [encode(PAYLOAD).replace('"issued"', '"expects":-0,"issued"'), 'json-not-canonical /payload'],
    'an exponent': [encode(PAYLOAD).replace('"issued"', '"expects":1e3,"issued"'), 'json-not-canonical /payload'],
    NaN: [encode(PAYLOAD).replace('"issued"', '"expects":NaN,"issued"'), 'json-malformed /payload'],
  }
  for (const [what, [payload, fault]] of Object.entries(malformed)) {
    it(`is refused with ${what}`, () => assert.equal(faultOf(encode(around(payload))), fault))
  }

  const fields: readonly (readonly [what: string, change: object, fault: string])[] = [
    ['an unknown field', { zz: 1 }, 'field-unknown /payload/zz'],
    ['an unknown field of the body', { body: { ...PAYLOAD.body, zz: 1 } }, 'field-unknown /payload/body/zz'],
    [
      'toString as a field of the body',
      { body: { ...PAYLOAD.body, toString: 'x' } },
      'field-unknown /payload/body/toString',
    ],
    ['a missing field of the body', { body: { title: 'T' } }, 'field-missing /payload/body/summary'],
    ['true for a text', { actor: true }, 'field-type /payload/actor'],
    ['a list for a text', { actor: ['noor'] }, 'field-type /payload/actor'],
    ['a number for a title', { body: { ...PAYLOAD.body, title: 7 } }, 'field-type /payload/body/title'],
    ['an object for a title', { body: { ...PAYLOAD.body, title: {} } }, 'field-type /payload/body/title'],
    ['null for a body', { body: null }, 'field-type /payload/body'],
    ['a text for a body', { body: 'x' }, 'field-type /payload/body'],
    ['a list for a body', { body: [] }, 'field-type /payload/body'],
    ['a text for a revision', { expects: '2' }, 'field-type /payload/expects'],
    ['true for a revision', { expects: true }, 'field-type /payload/expects'],
    ['null for a revision', { expects: null }, 'field-type /payload/expects'],
    ['a revision below zero', { expects: -1 }, 'field-range /payload/expects'],
    ['false for urgent', { urgent: false }, 'field-value /payload/urgent'],
    ['1 for urgent', { urgent: 1 }, 'field-value /payload/urgent'],
    ['"true" for urgent', { urgent: 'true' }, 'field-value /payload/urgent'],
    ['a ground in words', { grounds: ['because'] }, 'field-pattern /payload/grounds/0'],
    ['a ground twice', { grounds: ['000000000000-000', '000000000000-000'] }, 'field-repeated /payload/grounds/1'],
    [
      'thirty-three grounds',
      { grounds: Array.from({ length: 33 }, (_, i) => `000000000000-${String(i).padStart(3, '0')}`) },
      'field-range /payload/grounds',
    ],
    ['a number for a ground', { grounds: [0] }, 'field-type /payload/grounds/0'],
    ['a title of spaces', { body: { ...PAYLOAD.body, title: '  \t ' } }, 'field-blank /payload/body/title'],
    [
      'a title of zero width',
      { body: { ...PAYLOAD.body, title: '\u200B\u2060\uFEFF\u00AD' } },
      'field-blank /payload/body/title',
    ],
    ['an empty title', { body: { ...PAYLOAD.body, title: '' } }, 'field-range /payload/body/title'],
    ['a title too long', { body: { ...PAYLOAD.body, title: 'x'.repeat(201) } }, 'field-range /payload/body/title'],
    ['an actor in capitals', { actor: 'Noor' }, 'field-pattern /payload/actor'],
    ['an actor of a look-alike letter', { actor: 'n\u043Eor' }, 'field-pattern /payload/actor'],
    ['an actor with a newline', { actor: 'noor\n' }, 'field-pattern /payload/actor'],
    ['no actor', { actor: '' }, 'field-pattern /payload/actor'],
    ['__proto__ as an actor', { actor: '__proto__' }, ''],
    ['a subject with a slash', { subject: 'm/1' }, 'field-pattern /payload/subject'],
    ['an empty nonce', { nonce: '' }, 'field-pattern /payload/nonce'],
    ['a nonce with a space', { nonce: 'n 1' }, 'field-pattern /payload/nonce'],
    ['a nonce of 65 characters', { nonce: 'n'.repeat(65) }, 'field-range /payload/nonce'],
    ['a time without milliseconds', { issued: '2026-02-13T09:00:00Z' }, 'field-pattern /payload/issued'],
    ['a time in another zone', { issued: '2026-02-13T09:00:00.000+00:00' }, 'field-range /payload/issued'],
    ['a day that is not', { issued: '2026-02-30T09:00:00.000Z' }, 'time-malformed /payload/issued'],
    ['a leap second', { issued: '2026-06-30T23:59:60.000Z' }, 'time-malformed /payload/issued'],
    ['a number for a time', { issued: 1_770_973_200_000 }, 'field-type /payload/issued'],
    ['an unknown type', { type: 'mission.destroy' }, 'command-type-unknown /payload/body'],
    ['a type in capitals', { type: 'Mission.create' }, 'command-type-unknown /payload/body'],
    ['constructor as a type', { type: 'constructor' }, 'command-type-unknown /payload/body'],
    ['__proto__ as a type', { type: '__proto__' }, 'command-type-unknown /payload/body'],
    ['the type that only a wallet signs', { type: 'mission.decide' }, 'command-type-unknown /payload/body'],
    ['a deployment that is no digest', { deployment: 'sha256:00' }, 'field-pattern /payload/deployment'],
  ]
  for (const [what, change, fault] of fields) {
    if (fault === '') {
      it(`takes ${what} as the name that it is`, () => assert.ok(admit(withPayload(change)).ok))
    } else {
      it(`is refused with ${what}`, () => assert.equal(faultOf(withPayload(change)), fault))
    }
  }

  it('is refused without its deployment, unless it founds one', () => {
    const { deployment: _left, ...rest } = PAYLOAD
    assert.equal(faultOf(encode(around(encode(rest)))), 'deployment-missing /payload/deployment')
  })

  it('is refused when it founds a deployment and names one', () => {
    const change = { type: 'genesis', body: genesisBody() }
    assert.equal(faultOf(withPayload(change)), 'genesis-names-a-deployment /payload/deployment')
  })

  it('keeps __proto__ in a body as a field, and refuses it as one', () => {
    const text = encode(PAYLOAD).replace('"body":{', '"body":{"__proto__":{"title":"x"},')
    assert.equal(faultOf(encode(around(text))), 'field-unknown /payload/body/__proto__')
  })
})

describe('size and depth', () => {
  const nested = (depth: number): Json => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as Json

  it('allow what is deep, and refuse one level more', () => {
    // The payload itself is the first level.
    assert.equal(faultOf(withPayload({ body: nested(63) })), 'field-type /payload/body')
    const deeper = encode(PAYLOAD).replace(/"body":\{[^}]*\}/, `"body":${'['.repeat(64)}${']'.repeat(64)}`)
    assert.equal(faultOf(encode(around(deeper))), 'json-too-deep /payload')
  })

  it('refuse a hundred thousand brackets without falling over', () => {
    assert.equal(faultOf('['.repeat(100_000)), 'json-too-deep')
    assert.equal(faultOf(encode(around('['.repeat(100_000)))), 'json-too-deep /payload')
  })

  for (const [more, fits] of [
    [-1, true],
    [0, true],
    [1, false],
  ] as const) {
    it(`${fits ? 'take' : 'refuse'} an envelope of ${COMMAND_CAPS.bytes + more} bytes`, () => {
      const envelope = encode({ ...GOOD, payload: '' })
      const padding = 'A'.repeat(COMMAND_CAPS.bytes + more - envelope.length)
      const text = encode({ ...GOOD, payload: padding })
      assert.equal(text.length, COMMAND_CAPS.bytes + more)
      assert.equal(faultOf(text).startsWith('json-too-large'), !fits)
    })
  }

  it('count bytes, not characters', () => {
    assert.equal(faultOf(`"${'\u20AC'.repeat(COMMAND_CAPS.bytes / 3 + 1)}"`), 'json-too-large')
  })
})

describe('whatever comes in', () => {
  it('is answered with a value: no text makes the edge throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.uint8Array()), (input) => {
        assert.equal(admit(input).ok, false)
      }),
      { numRuns: 2000, seed: 1 },
    )
  })

  it('is answered with a value: no payload makes the edge throw', () => {
    const types = allCommandTypes().map((type) => type.type)
    const bodies = fc.oneof(
      fc.jsonValue({ maxDepth: 4 }),
      fc.constantFrom(...types.filter((type) => type !== 'mission.decide')).map((type) => bodyOf(type) as Json),
    )
    fc.assert(
      fc.property(fc.constantFrom(...types, 'genesis', '__proto__'), bodies, (type, body) => {
        const read = readPayload({ ...PAYLOAD, type, body } as Json)
        assert.equal(typeof read.ok, 'boolean')
      }),
      { numRuns: 2000, seed: 2 },
    )
  })

  it('one body fits its own type: any single field taken away is missed', () => {
    for (const { type } of allCommandTypes()) {
      if (type === 'mission.decide') continue
      const body = bodyOf(type) as { [name: string]: Json }
      assert.ok(readPayload({ ...PAYLOAD, type, body }).ok, type)
      for (const name of Object.keys(body)) {
        const { [name]: _taken, ...rest } = body
        const read = readPayload({ ...PAYLOAD, type, body: rest })
        assert.ok(!read.ok, `${type} without ${name}`)
        assert.deepEqual([read.error.code, read.error.path], ['field-missing', `/body/${name}`])
      }
    }
  })

  it('a sealed command is admitted as it was sealed, by whoever seals it', () => {
    const text = encode(seal(COMMAND_PAYLOAD_TYPE, PAYLOAD, NOOR.signer))
    assert.equal(text, encode(GOOD))
  })

  it('an unfounded ledger takes nothing but a founding', () => {
    const empty = emptyBench()
    assert.deepEqual(empty.give(encode(GOOD)), {
      kind: 'refused',
      refusal: { code: 'deployment-not-founded', params: {} },
    })
  })
})
