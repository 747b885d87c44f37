/**
 * The keys of a development deployment: made at the first start, kept encrypted beside the data, mode 0600.
 *
 * On a machine where everything runs as one user the password lies beside them: it keeps keys out of backups and
 * screens, not from that user.
 */
import { randomBytes, type KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { publicKeyOf as blsPublicKeyOf, secretFromEntropy } from '../../protocol/wire/bls.ts'
import { fromHex, hex } from '../../protocol/wire/bytes.ts'
import type { Signer } from '../../protocol/wire/dsse.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { addressOf } from '../../protocol/wire/wallet.ts'
import {
  newIdentityKey,
  open,
  readIdentityKey,
  readKeystore,
  readSecretFile,
  seal,
  signerOfKey,
  writeIdentityKey,
  writeKeystore,
  writeSecretFile,
} from '../../runtime/keys/keys.ts'

export type Wallet = { readonly id: string; readonly address: string; readonly secret: Uint8Array }

export type Secrets = {
  /** The Ed25519 key of an actor; made when it is asked for the first time. */
  identity(id: string): { readonly signer: Signer; readonly key: KeyObject; readonly publicKey: string }
  wallet(id: string): Wallet
  /** All wallets made so far. */
  wallets(): readonly Wallet[]
  /** The BLS secret of a committee member, or of the beacon (`beacon`). */
  bls(name: string): { readonly secret: Uint8Array; readonly key: string }
}

export function openSecrets(folder: string): Secrets {
  const password = passwordOf(join(folder, 'password'))
  const walletsFile = join(folder, 'wallets.json')
  const wallets = new Map<string, Wallet>()
  for (const [id, secret] of Object.entries(readWallets(walletsFile))) wallets.set(id, walletOf(id, secret))

  return {
    identity: (id) => {
      const file = join(folder, 'identities', `${id}.pem`)
      if (!existsSync(file)) writeIdentityKey(file, newIdentityKey(), password)
      const key = readIdentityKey(file, password)
      const signer = signerOfKey(key)
      return { signer, key, publicKey: hex(signer.publicKey) }
    },
    wallet: (id) => {
      const known = wallets.get(id)
      if (known !== undefined) return known
      const made = walletOf(id, hex(randomBytes(32)))
      wallets.set(id, made)
      const all = Object.fromEntries([...wallets].map(([name, { secret }]) => [name, hex(secret)]))
      writeSecretFile(walletsFile, JSON.stringify(all))
      return made
    },
    wallets: () => [...wallets.values()],
    bls: (name) => {
      const file = join(folder, 'committee', `${name}.json`)
      if (!existsSync(file)) {
        const secret = secretFromEntropy(randomBytes(48))
        writeKeystore(file, seal(secret, password, blsPublicKeyOf(secret), `Genesis development key ${name}`))
      }
      const secret = open(readKeystore(file), password)
      return { secret, key: blsPublicKeyOf(secret) }
    },
  }
}

function passwordOf(file: string): string {
  if (!existsSync(file)) writeSecretFile(file, hex(randomBytes(24)))
  return readSecretFile(file)
}

function readWallets(file: string): { readonly [id: string]: string } {
  return existsSync(file) ? (JSON.parse(readSecretFile(file)) as { [id: string]: string }) : {}
}

function walletOf(id: string, text: string): Wallet {
  const secret = fromHex(text)
  if (!secret.ok) throw new Fault('wallet-file-damaged', { id })
  return { id, secret: secret.value, address: addressOf(secret.value) }
}
