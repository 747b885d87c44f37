/** One act: rehearsed before it is signed, kept before it is sent, sent in the one form that the ledger takes. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { perform, type Ports } from '../../app/signing/act.ts'
import type { Foreseen, Recorded } from '../../app/data/commands.ts'
import { standingOf } from '../../app/signing/standing.ts'
import { keyId, publicKeyOf, sign } from '../../protocol/wire/ed25519.ts'
import { message, open } from '../../protocol/wire/dsse.ts'
import { verify } from '../../protocol/wire/ed25519.ts'
import { admit } from '../../protocol/law/admission.ts'

const SECRET = new Uint8Array(32).fill(7)
const PUBLIC = publicKeyOf(SECRET)
const DEPLOYMENT = `sha256:${'d'.repeat(64)}`
const AUTHOR = {
  deployment: DEPLOYMENT,
  actor: 'ada',
  key: { keyId: keyId(PUBLIC), sign: (bytes: Uint8Array) => Promise.resolve(sign(bytes, SECRET)) },
}
const DRAFT = { type: 'identity.enroll_reviewer', subject: 'ada', body: {} }
const WOULD: Foreseen = { outcome: 'committed', events: [] }
const DONE: Recorded = { ...WOULD, seq: 9, hash: 'sha256:0' }

function ports(foreseen: Foreseen, log: string[], sent: string[] = []): Ports {
  return {
    now: () => Date.parse('2026-03-01T00:00:00.500Z'),
    nonce: () => 'n-1',
    rehearse: () => Promise.resolve(foreseen),
    send: (envelope) => {
      sent.push(envelope)
      return Promise.resolve(DONE)
    },
    onStage: (stage) => log.push(stage),
    onSigned: () => log.push('signed'),
  }
}

describe('an act', () => {
  it('is rehearsed, signed, kept and sent, in this order', async () => {
    const log: string[] = []
    const result = await perform(ports(WOULD, log), AUTHOR, DRAFT, async () => void log.push('kept'))
    assert.deepEqual(log, ['rehearsing', 'signing', 'keeping', 'kept', 'signed', 'sending'])
    assert.deepEqual(result, DONE)
  })

  it('that would be withheld is neither signed nor kept nor sent', async () => {
    const log: string[] = []
    const sent: string[] = []
    const no: Foreseen = {
      outcome: 'withheld',
      violations: [{ constraint: 'reviewer-is-new', level: 'operational', params: {} }],
    }
    const result = await perform(ports(no, log, sent), AUTHOR, DRAFT, async () => void log.push('kept'))
    assert.deepEqual(log, ['rehearsing'])
    assert.deepEqual(sent, [])
    assert.deepEqual(result, no)
  })

  it('is not sent when what must not be lost could not be kept', async () => {
    const sent: string[] = []
    const keep = () => Promise.reject(new Error('no room'))
    await assert.rejects(perform(ports(WOULD, [], sent), AUTHOR, DRAFT, keep), /no room/)
    assert.deepEqual(sent, [])
  })

  it('goes out as an envelope that the law admits, signed by this key over these bytes', async () => {
    const sent: string[] = []
    await perform(ports(WOULD, [], sent), AUTHOR, DRAFT)
    const [envelope = ''] = sent
    const admitted = admit(envelope)
    assert.ok(admitted.ok)
    const { actor, type, subject, nonce, deployment } = admitted.value
    assert.deepEqual(
      { actor, type, subject, nonce, deployment },
      { actor: 'ada', type: DRAFT.type, subject: 'ada', nonce: 'n-1', deployment: DEPLOYMENT },
    )
    const opened = open(envelope)
    assert.ok(opened.ok)
    assert.equal(opened.value.keyId, keyId(PUBLIC))
    assert.equal(verify(opened.value.signature, message(opened.value), PUBLIC), true)
  })
})

describe('a key of this browser', () => {
  const END = '2026-03-01T00:00:00.000Z'
  const at = Date.parse(END)
  const key = { keyId: keyId(PUBLIC), notAfter: END }
  const held = { key_id: keyId(PUBLIC), key: null, purpose: 'browser', not_after: END, revoked: false }

  it('is none, unsent, active, expired or revoked, by what the ledger says', () => {
    assert.equal(standingOf(null, [held], at), 'none')
    assert.equal(standingOf(key, [], at), 'unsent')
    assert.equal(standingOf(key, [held], at - 1), 'active')
    assert.equal(standingOf(key, [{ ...held, revoked: true }], at - 1), 'revoked')
  })

  it('counts until its last moment, that one included', () => {
    assert.equal(standingOf(key, [held], at), 'active')
    assert.equal(standingOf(key, [held], at + 1), 'expired')
  })
})
