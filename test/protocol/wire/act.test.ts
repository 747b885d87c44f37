/** The EIP-712 text of an irreversible act (spec 1.2, 2.1): what a wallet shows is all that it binds to. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hashTypedData, type TypedDataDefinition } from 'viem'
import {
  ACT,
  actDigest,
  actDomain,
  actTypedData,
  bodyHash,
  parseAct,
  recoverActSigner,
} from '../../../protocol/wire/act.ts'
import { hex } from '../../../protocol/wire/bytes.ts'
import { addressOf, sign } from '../../../protocol/wire/wallet.ts'
import { secretOf } from '../../support/law/people.ts'

const secret = secretOf('eli wallet')
const domain = actDomain(31_337, `0x${'c4'.repeat(20)}`)
const message = {
  deployment: `0x${'01'.repeat(32)}`,
  command: 'machine.decommission',
  subject: 'worker-1',
  revision: 7,
  bodyHash: bodyHash({ incident: 'i-1', reason: 'It forged.' }),
  signer: addressOf(secret),
  iUnderstandIt: true,
  iCommitIt: true,
  iAcceptItsConsequences: true,
  deadline: 1_771_000_000,
}

function act(change: object = {}) {
  const parsed = parseAct({ ...message, ...change })
  assert.ok(parsed.ok, JSON.stringify(parsed))
  return parsed.value
}

describe('an act', () => {
  it('has this type and no other', () => {
    assert.equal(
      ACT.type,
      'Act(bytes32 deployment,string command,string subject,uint64 revision,bytes32 bodyHash,address signer,' +
        'bool iUnderstandIt,bool iCommitIt,bool iAcceptItsConsequences,uint64 deadline)',
    )
  })

  it('has the digest that another implementation computes from what a wallet is given', () => {
    const typed = actTypedData(domain, act()) as unknown as TypedDataDefinition
    assert.equal(hashTypedData(typed), `0x${hex(actDigest(domain, act()))}`)
  })

  it('is another text with any of its fields changed, and in any other place', () => {
    const digests = [
      actDigest(domain, act()),
      ...[
        { deployment: `0x${'02'.repeat(32)}` },
        { command: 'mission.decide' },
        { subject: 'worker-2' },
        { revision: 8 },
        { bodyHash: bodyHash({ incident: 'i-2', reason: 'It forged.' }) },
        { signer: `0x${'12'.repeat(20)}` },
        { iUnderstandIt: false },
        { iCommitIt: false },
        { iAcceptItsConsequences: false },
        { deadline: 1_771_000_001 },
      ].map((change) => actDigest(domain, act(change))),
      actDigest(actDomain(1, `0x${'c4'.repeat(20)}`), act()),
      actDigest(actDomain(31_337, `0x${'c5'.repeat(20)}`), act()),
    ].map(hex)
    assert.equal(new Set(digests).size, digests.length)
  })

  it('is signed by the wallet that is recovered from it', () => {
    const signature = sign(actDigest(domain, act()), secret)
    assert.deepEqual(recoverActSigner(domain, act(), signature), { ok: true, value: addressOf(secret) })
  })

  for (const [what, change] of [
    ['text for a number', { revision: '7' }],
    ['a part of a revision', { revision: 7.5 }],
    ['a revision below nothing', { revision: -1 }],
    ['a word for a yes', { iCommitIt: 'true' }],
    ['one for a yes', { iCommitIt: 1 }],
    ['a command in capitals', { command: 'Machine.decommission' }],
    ['a subject with a space', { subject: 'worker 1' }],
    ['an address in capitals', { signer: `0x${'AB'.repeat(20)}` }],
    ['a field more', { note: 'x' }],
  ] as const) {
    it(`is none with ${what}`, () => {
      assert.equal(parseAct({ ...message, ...change }).ok, false)
    })
  }
})
