import assert from 'node:assert/strict'
import test from 'node:test'
import { hashTypedData, verifyTypedData, type Hex } from 'viem'
import * as Approval from '../../../protocol/wire/approval.ts'
import * as Bytes from '../../../protocol/wire/bytes.ts'
import { domainSeparator, hashStruct, type Domain } from '../../../protocol/wire/eip712.ts'
import { sign } from '../../../protocol/wire/wallet.ts'
import { casesOf, vectorFile } from '../../support/vectors.ts'

type Case = {
  domain: Domain
  message: Approval.Approval
  domain_separator: Hex
  struct_hash: Hex
  digest: Hex
  signer: Hex
  secret: Hex
  signature: Hex
}
type Refused = { why: string; struct: string; message: unknown }

const cases = casesOf('eip712', 'approvals') as readonly Case[]
const hex0x = (bytes: Uint8Array): Hex => `0x${Bytes.hex(bytes)}`

test('an approval is typed as the contract types it', () => {
  const { conventions } = vectorFile('eip712') as { conventions: { approval: string } }
  assert.equal(Approval.APPROVAL.type, conventions.approval)
  assert.equal(
    Approval.APPROVAL.type,
    'Approval(bytes32 missionDigest,uint64 attempt,address approver,string decision,bytes32 reasonHash,bool iUnderstandIt,bool iCommitIt,bool iAcceptItsConsequences,bytes32 textHash,bytes32 attentionHash,uint64 deadline)',
  )
})

test('approvals have the digests that viem and ethers gave them', () => {
  for (const { domain, message, digest, domain_separator, struct_hash } of cases) {
    assert.deepEqual(Approval.parseApproval(message), { ok: true, value: message })
    assert.deepEqual(Approval.approvalDomain(domain.chainId, domain.verifyingContract), domain)
    assert.equal(hex0x(domainSeparator(domain)), domain_separator)
    assert.equal(hex0x(hashStruct(Approval.APPROVAL, message)), struct_hash)
    assert.equal(hex0x(Approval.approvalDigest(domain, message)), digest)
  }
})

test('the signer of an approval is recovered', () => {
  for (const { domain, message, signature, signer, secret } of cases) {
    assert.deepEqual(Approval.recoverApprovalSigner(domain, message, signature), { ok: true, value: signer })
    const raw = Bytes.fromHex(secret.slice(2))
    assert.ok(raw.ok)
    assert.equal(sign(Approval.approvalDigest(domain, message), raw.value), signature)
  }
})

test('a wallet that is shown the typed data signs the same digest', async () => {
  const { domain, message, signature, signer, digest } = cases[0]!
  const typed = Approval.approvalTypedData(domain, message)
  assert.equal(hashTypedData(typed as never), digest)
  assert.equal(await verifyTypedData({ ...(typed as object), address: signer, signature } as never), true)
})

test('an approval for one gate is nobody’s approval at another gate, chain, mission or attempt', () => {
  const { domain, message, signature, signer } = cases[0]!
  const elsewhere: [Domain, Approval.Approval][] = [
    [{ ...domain, verifyingContract: `0x${'77'.repeat(20)}` }, message],
    [{ ...domain, chainId: domain.chainId + 1 }, message],
    [{ ...domain, name: 'Genesis Identity Registry' }, message],
    [domain, { ...message, missionDigest: message.textHash }],
    [domain, { ...message, attempt: message.attempt + 1 }],
    [domain, { ...message, decision: 'reject' }],
    [domain, { ...message, iAcceptItsConsequences: !message.iAcceptItsConsequences }],
    [domain, { ...message, deadline: message.deadline + 1 }],
  ]
  for (const [place, changed] of elsewhere) {
    const recovered = Approval.recoverApprovalSigner(place, changed, signature)
    assert.ok(!recovered.ok || recovered.value !== signer)
  }
})

for (const { why, struct, message } of casesOf('eip712', 'messages_refused') as readonly Refused[]) {
  if (struct !== 'Approval') continue
  test(`an approval is refused: ${why}`, () => {
    assert.equal(Approval.parseApproval(message).ok, false)
  })
}
