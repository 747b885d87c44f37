/**
 * The committee of the vectors: fifteen members whose secrets follow from their index, so anybody can sign as them.
 *
 * Their addresses are the first fifteen accounts of the well-known test mnemonic, which development chains unlock.
 */
import { mnemonicToAccount } from 'viem/accounts'
import { publicKeyOf, secretFromEntropy } from '../../../protocol/wire/bls.ts'
import { readKey, type BlsKey, type G2Point } from '../../../protocol/wire/bls-point.ts'
import { committeeId } from '../../../protocol/wire/certificate.ts'
import { addressOf, bytesOf } from '../chance.ts'

export const CHAIN_ID = 31_337
export const REGISTRY = addressOf('committee registry')
export const COMMITMENT_LOG = addressOf('commitment log')
export const THRESHOLD = 10

export type Member = {
  readonly index: number
  readonly address: string
  readonly entropy: Uint8Array
  readonly secret: Uint8Array
  readonly key: BlsKey
  readonly point: G2Point
}

const MNEMONIC = 'test test test test test test test test test test test junk'

export const MEMBERS: readonly Member[] = Array.from({ length: 15 }, (_, index) => {
  const entropy = bytesOf(`committee member ${index}`)
  const secret = secretFromEntropy(entropy)
  const key = publicKeyOf(secret)
  const point = readKey(key)
  if (!point.ok) throw new Error(point.error.code)
  const address = mnemonicToAccount(MNEMONIC, { addressIndex: index }).address.toLowerCase()
  return { index, address, entropy, secret, key, point: point.value }
})

export const COMMITTEE_ID = committeeId(
  CHAIN_ID,
  REGISTRY,
  MEMBERS.map(({ address }) => address),
)
