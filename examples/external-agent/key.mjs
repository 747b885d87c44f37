/** The agent's own key: made on the first run, encrypted, readable by its owner alone. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** @returns {{ file: string, password: string, publicKey: string, isNew: boolean }} the public key as 64 hex digits */
export function ownKey(folder, id) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `${id}.pem`)
  const passwordFile = join(folder, `${id}.password`)
  const isNew = !existsSync(file)
  if (isNew) {
    const password = randomBytes(32).toString('base64url')
    const { privateKey } = generateKeyPairSync('ed25519')
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: password })
    writeFileSync(passwordFile, password, { mode: 0o600 })
    writeFileSync(file, pem, { mode: 0o600 })
  }
  const password = readFileSync(passwordFile, 'utf8')
  const jwk = createPublicKey(createPrivateKey({ key: readFileSync(file), passphrase: password })).export({
    format: 'jwk',
  })
  return { file, password, publicKey: Buffer.from(jwk.x, 'base64url').toString('hex'), isNew }
}
