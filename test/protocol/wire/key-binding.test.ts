import assert from 'node:assert/strict'
import test from 'node:test'
import { hashTypedData, type Hex } from 'viem'
import * as Bytes from '../../../protocol/wire/bytes.ts'
import type { Domain } from '../../../protocol/wire/eip712.ts'
import * as KeyBinding from '../../../protocol/wire/key-binding.ts'
import { casesOf } from '../../support/vectors.ts'

type Case = { domain: Domain; message: KeyBinding.KeyBinding; digest: Hex; signer: Hex; signature: Hex }
type Refused = { why: string; struct: string; message: unknown }

const cases = casesOf('eip712', 'key_bindings') as readonly Case[]

test('a key binding is typed as the contract types it', () => {
  assert.equal(KeyBinding.KEY_BINDING.type, 'KeyBinding(string identity,bytes32 key,string purpose,uint64 notAfter)')
})

test('key bindings have the digests that viem and ethers gave them, and their signers', () => {
  for (const { domain, message, digest, signer, signature } of cases) {
    assert.deepEqual(KeyBinding.parseKeyBinding(message), { ok: true, value: message })
    assert.deepEqual(KeyBinding.keyBindingDomain(domain.chainId, domain.verifyingContract), domain)
    assert.equal(`0x${Bytes.hex(KeyBinding.keyBindingDigest(domain, message))}`, digest)
    assert.equal(hashTypedData(KeyBinding.keyBindingTypedData(domain, message) as never), digest)
    assert.deepEqual(KeyBinding.recoverKeyBindingSigner(domain, message, signature), { ok: true, value: signer })
  }
})

test('a binding is nobody’s for another registry, chain, identity, key, purpose or date', () => {
  const { domain, message, signature, signer } = cases[1]!
  const elsewhere: [Domain, KeyBinding.KeyBinding][] = [
    [{ ...domain, verifyingContract: `0x${'77'.repeat(20)}` }, message],
    [{ ...domain, chainId: domain.chainId + 1 }, message],
    [{ ...domain, name: 'Genesis Final Gate' }, message],
    [domain, { ...message, identity: cases[0]!.message.identity }],
    [domain, { ...message, key: cases[0]!.message.key }],
    [domain, { ...message, purpose: 'ballot' }],
    [domain, { ...message, notAfter: message.notAfter + 1 }],
  ]
  for (const [place, changed] of elsewhere) {
    const recovered = KeyBinding.recoverKeyBindingSigner(place, changed, signature)
    assert.ok(!recovered.ok || recovered.value !== signer)
  }
})

for (const { why, struct, message } of casesOf('eip712', 'messages_refused') as readonly Refused[]) {
  if (struct !== 'KeyBinding') continue
  test(`a key binding is refused: ${why}`, () => {
    assert.equal(KeyBinding.parseKeyBinding(message).ok, false)
  })
}
