/**
 * Everything of a scenario that looks like chance, and every key in it, from one seed: SHA-256 of the seed and a name.
 * The same seed gives the same people, keys and turns of fate, on any machine.
 *
 * Keys made so are known to whoever knows the seed: they are for development deployments, and hold nothing.
 */
import type { KeyObject } from 'node:crypto'
import { publicKeyOf as blsPublicKeyOf, secretFromEntropy } from '../../protocol/wire/bls.ts'
import { concat, hex, utf8 } from '../../protocol/wire/bytes.ts'
import type { Signer } from '../../protocol/wire/dsse.ts'
import { hash } from '../../protocol/wire/sha256.ts'
import { addressOf } from '../../protocol/wire/wallet.ts'
import { identityKeyOf, signerOfKey } from '../../runtime/keys/keys.ts'
import type { Secrets, Wallet } from '../start/secrets.ts'

/** Repeatable chance: the answer belongs to the name, not to the order in which it is asked. */
export type Chance = {
  /** A whole number from 0 to `below` − 1. */
  number(name: string, below: number): number
  /** True in so many of a thousand names. */
  permille(name: string, of: number): boolean
  pick<T>(name: string, from: readonly T[]): T
}

type Identity = { readonly signer: Signer; readonly key: KeyObject; readonly publicKey: string }

export type Seed = Omit<Secrets, 'wallets'> & { readonly chance: Chance }

export function seedOf(seed: string): Seed {
  const bytes = (name: string): Uint8Array => hash(utf8(`genesis scenario ${seed}: ${name}`))
  const identities = new Map<string, Identity>()
  const wallets = new Map<string, Wallet>()

  const number = (name: string, below: number): number =>
    Number(BigInt(`0x${hex(bytes(`chance ${name}`).subarray(0, 8))}`) % BigInt(below))

  return {
    chance: {
      number,
      permille: (name, of) => number(name, 1000) < of,
      pick: (name, from) => from[number(name, from.length)]!,
    },
    identity: (id) =>
      kept(identities, id, () => {
        const key = identityKeyOf(bytes(`identity ${id}`))
        const signer = signerOfKey(key)
        return { signer, key, publicKey: hex(signer.publicKey) }
      }),
    wallet: (id) =>
      kept(wallets, id, () => {
        const secret = bytes(`wallet ${id}`)
        return { id, secret, address: addressOf(secret) }
      }),
    bls: (name) => {
      const secret = secretFromEntropy(concat(bytes(`bls ${name} 1`), bytes(`bls ${name} 2`)))
      return { secret, key: blsPublicKeyOf(secret) }
    },
  }
}

function kept<T>(known: Map<string, T>, id: string, make: () => T): T {
  const before = known.get(id)
  if (before !== undefined) return before
  const made = make()
  known.set(id, made)
  return made
}
