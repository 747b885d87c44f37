import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test from 'node:test'
import { encodeAbiParameters, type Hex } from 'viem'
import { publicKeyOf, secretFromEntropy } from '../../../protocol/wire/bls.ts'
import * as Bytes from '../../../protocol/wire/bytes.ts'
import { possessionMessage, provePossession, verifyPossession } from '../../../protocol/wire/possession.ts'
import { casesOf } from '../../support/vectors.ts'

type Case = {
  why: string
  key: string
  key_eip2537: string
  member: string
  chain_id: number
  registry: string
  message: string
  signature: string
  accept: boolean
}

const cases = casesOf('certificates', 'possessions') as readonly Case[]
const claimOf = ({ key, member, chain_id, registry }: Case): Parameters<typeof possessionMessage>[0] => ({
  key,
  member,
  chainId: chain_id,
  contract: registry,
})

for (const entry of cases) {
  test(`a proof of possession is ${entry.accept ? 'accepted' : 'refused'}: ${entry.why}`, () => {
    assert.equal(verifyPossession(entry.signature, claimOf(entry)), entry.accept)
  })
}

test('the message is the tag, chain, registry, member and key in chain form, hashed', () => {
  for (const entry of cases) {
    const words = encodeAbiParameters(
      [{ type: 'uint256' }, { type: 'address' }, { type: 'address' }],
      [BigInt(entry.chain_id), entry.registry as Hex, entry.member as Hex],
    )
    const message = createHash('sha256')
      .update(createHash('sha256').update('genesis.possession.v1').digest())
      .update(Buffer.from(words.slice(2), 'hex'))
      .update(Buffer.from(entry.key_eip2537.slice(2), 'hex'))
      .digest('hex')
    assert.equal(entry.message, `0x${message}`)
    assert.equal(Bytes.hex(possessionMessage(claimOf(entry))), message)
  }
})

test('no member can register the key of another by copying key and proof', () => {
  const members = cases.filter(({ why, accept }) => accept && why.startsWith('member '))
  for (const owner of members.slice(0, 3)) {
    for (const thief of members.slice(0, 3)) {
      const claim = { ...claimOf(owner), member: thief.member }
      assert.equal(verifyPossession(owner.signature, claim), owner === thief)
    }
  }
})

test('a proof that is no signature, and a key that is no key, are refused without an exception', () => {
  const claim = claimOf(cases[0]!)
  for (const bad of ['', 'zz', null, 5, `c0${'00'.repeat(47)}`]) assert.equal(verifyPossession(bad, claim), false)
  for (const key of ['', 'zz', `c0${'00'.repeat(95)}`]) {
    assert.equal(verifyPossession(cases[0]!.signature, { ...claim, key }), false)
    assert.throws(() => possessionMessage({ ...claim, key }), { code: 'possession-key-unreadable' })
  }
})

test('nobody proves a key with the secret of another', () => {
  const secret = secretFromEntropy(Bytes.utf8('somebody else, some other secret'))
  assert.throws(() => provePossession(claimOf(cases[0]!), secret), { code: 'possession-other-secret' })
  const claim = { ...claimOf(cases[0]!), key: publicKeyOf(secret) }
  assert.equal(verifyPossession(provePossession(claim, secret), claim), true)
})
