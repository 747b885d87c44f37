import assert from 'node:assert/strict'
import { generateKeyPairSync, sign as nodeSign } from 'node:crypto'
import test from 'node:test'
import * as fc from 'fast-check'
import { base64, text, utf8 } from '../../../protocol/wire/bytes.ts'
import { encode, RECORD_CAPS } from '../../../protocol/wire/canonical-json.ts'
import * as Dsse from '../../../protocol/wire/dsse.ts'
import * as Ed25519 from '../../../protocol/wire/ed25519.ts'

fc.configureGlobal({ seed: 1996 })

const TYPE = 'application/vnd.genesis.command+json'
const secret = new Uint8Array(32).fill(3)
const signer: Dsse.Signer = {
  publicKey: Ed25519.publicKeyOf(secret),
  sign: (message) => Ed25519.sign(message, secret),
}
const payload = { actor: 'human-1', nonce: 'n-1', subject: 'mission-1' }
const envelope = Dsse.seal(TYPE, payload, signer)

type Loose = { [field: string]: unknown }
const loose = (change: (copy: Loose & { signatures: Loose[] }) => void): string => {
  const copy = structuredClone(envelope) as unknown as Loose & { signatures: Loose[] }
  change(copy)
  return encode(copy)
}
const outcome = (input: string | Uint8Array): string => {
  const opened = Dsse.open(input)
  return opened.ok ? 'opened' : `${opened.error.code} ${opened.error.path ?? ''}`.trim()
}

test('the pre-authentication encoding is the protocol’s', () => {
  assert.deepEqual(text(Dsse.pae('http://example.com/HelloWorld', utf8('hello world'))), {
    ok: true,
    value: 'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
  })
  assert.deepEqual(text(Dsse.pae('é', utf8(''))), { ok: true, value: 'DSSEv1 2 é 0 ' })
})

test('what is sealed is opened, and its signature covers type and payload', () => {
  const values = fc.dictionary(fc.string(), fc.oneof(fc.maxSafeInteger(), fc.string(), fc.boolean()))
  fc.assert(
    fc.property(values, (value) => {
      const sealed = Dsse.seal(TYPE, value, signer)
      const opened = Dsse.open(encode(sealed))
      assert.ok(opened.ok)
      assert.equal(opened.value.text, encode(value))
      assert.equal(opened.value.payloadType, TYPE)
      assert.equal(opened.value.keyId, Ed25519.keyId(signer.publicKey))
      assert.deepEqual(opened.value.envelope, sealed)
      assert.ok(Ed25519.verify(opened.value.signature, Dsse.message(opened.value), signer.publicKey))
      assert.ok(!Ed25519.verify(opened.value.signature, Dsse.pae(`${TYPE} `, opened.value.payload), signer.publicKey))
    }),
    { numRuns: 30 },
  )
})

test('an envelope made with other tools is opened the same', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = new Uint8Array(Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url'))
  const body = Buffer.from(encode(payload))
  const message = Buffer.concat([Buffer.from(`DSSEv1 ${TYPE.length} ${TYPE} ${body.length} `), body])
  const foreign = {
    payload: body.toString('base64'),
    payloadType: TYPE,
    signatures: [{ keyid: Ed25519.keyId(raw), sig: nodeSign(null, message, privateKey).toString('base64') }],
  }
  const opened = Dsse.open(Buffer.from(encode(foreign)))
  assert.ok(opened.ok)
  assert.ok(Ed25519.verify(opened.value.signature, Dsse.message(opened.value), raw))
})

test('an envelope has one signature, no more fields and one spelling', () => {
  const sig = envelope.signatures[0]!.sig
  const refusals: [string, string][] = [
    [loose((e) => e.signatures.push(structuredClone(e.signatures[0]!))), 'field-range /signatures'],
    [loose((e) => e.signatures.pop()), 'field-range /signatures'],
    [loose((e) => (e['note'] = 'x')), 'field-unknown /note'],
    [loose((e) => (e['__proto__x'] = 'x')), 'field-unknown /__proto__x'],
    [loose((e) => (e.signatures[0]!['cert'] = 'x')), 'field-unknown /signatures/0/cert'],
    [loose((e) => delete e['payloadType']), 'field-missing /payloadType'],
    [loose((e) => delete e.signatures[0]!['keyid']), 'field-missing /signatures/0/keyid'],
    [loose((e) => (e['payloadType'] = '')), 'field-pattern /payloadType'],
    [loose((e) => (e['payloadType'] = 'a b')), 'field-pattern /payloadType'],
    [loose((e) => (e['payload'] = `${String(e['payload'])}\n`)), 'base64-malformed /payload'],
    [loose((e) => (e['payload'] = '_-A=')), 'base64-malformed /payload'],
    [loose((e) => (e['payload'] = 'QR==')), 'base64-malformed /payload'],
    [loose((e) => (e['payload'] = 'QQ')), 'base64-malformed /payload'],
    [loose((e) => (e['payload'] = '/w==')), 'text-not-utf8 /payload'],
    [loose((e) => (e.signatures[0]!['sig'] = sig.slice(0, -1))), 'base64-malformed /signatures/0/sig'],
    [loose((e) => (e.signatures[0]!['sig'] = sig.replace(/.==$/, 'x=='))), 'base64-malformed /signatures/0/sig'],
    [
      loose((e) => (e.signatures[0]!['sig'] = base64(new Uint8Array(63)))),
      'envelope-signature-length /signatures/0/sig',
    ],
    [
      loose((e) => (e.signatures[0]!['sig'] = base64(new Uint8Array(65)))),
      'envelope-signature-length /signatures/0/sig',
    ],
    [loose((e) => (e.signatures[0]!['keyid'] = 'human-1')), 'field-pattern /signatures/0/keyid'],
    [JSON.stringify(envelope, null, 1), 'json-not-canonical'],
    [`${encode(envelope)}\n`, 'json-not-canonical'],
    [encode(envelope).replace('payload"', 'p\\u0061yload"'), 'json-not-canonical'],
    [`{"payload":"","payload":"",${encode(envelope).slice(1)}`, 'json-duplicate-key'],
    [encode([envelope]), 'field-type'],
    ['', 'json-malformed'],
  ]
  assert.equal(outcome(encode(envelope)), 'opened')
  for (const [input, expected] of refusals) {
    assert.equal(outcome(input), expected, input)
    assert.equal(outcome(utf8(input)), expected, input)
  }
})

test('no text but the sealed one opens with a valid signature', () => {
  const sealed = encode(envelope)
  fc.assert(
    fc.property(
      fc.nat(sealed.length),
      fc.string({ unit: 'binary', maxLength: 2 }),
      fc.nat(2),
      (at, inserted, removed) => {
        const varied = sealed.slice(0, at) + inserted + sealed.slice(at + removed)
        const opened = varied === sealed ? undefined : Dsse.open(varied)
        if (!opened?.ok) return
        const { signature, keyId } = opened.value
        const valid = Ed25519.verify(signature, Dsse.message(opened.value), signer.publicKey)
        assert.ok(!valid || keyId !== envelope.signatures[0]!.keyid, varied)
      },
    ),
    { numRuns: 3000 },
  )
})

test('an envelope is as large and as deep as its caps allow', () => {
  const size = encode(envelope).length
  const withBytes = (bytes: number): string => {
    const opened = Dsse.open(encode(envelope), { ...RECORD_CAPS, bytes })
    return opened.ok ? 'opened' : opened.error.code
  }
  assert.equal(withBytes(size), 'opened')
  assert.equal(withBytes(size - 1), 'json-too-large')
})

test('an envelope inside a record is opened without its text', () => {
  const opened = Dsse.openValue(envelope)
  assert.ok(opened.ok)
  assert.deepEqual(opened, Dsse.open(encode(envelope)))
  for (const value of [null, undefined, 'text', [], { ...envelope, signatures: {} }])
    assert.ok(!Dsse.openValue(value).ok)
})
