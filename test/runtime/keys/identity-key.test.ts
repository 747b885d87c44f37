import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { publicKeyOf, sign, verify } from '../../../protocol/wire/ed25519.ts'
import {
  identityKeyOf,
  newIdentityKey,
  readIdentityKey,
  readSecretFile,
  signerOfKey,
  writeIdentityKey,
  writeSecretFile,
} from '../../../runtime/keys/keys.ts'
import { temporaryFolder } from '../../support/folder.ts'

const MESSAGE = new TextEncoder().encode('a command')

test('a key comes back from its encrypted file and signs as before', (t) => {
  const file = join(temporaryFolder(t), 'identities', 'ada.pem')
  const key = newIdentityKey()
  const { publicKey } = signerOfKey(key)
  writeIdentityKey(file, key, 'a password')
  const signer = signerOfKey(readIdentityKey(file, 'a password'))
  assert.deepEqual(signer.publicKey, publicKey)
  assert.equal(verify(signer.sign(MESSAGE), MESSAGE, publicKey), true)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.match(readFileSync(file, 'utf8'), /^-----BEGIN ENCRYPTED PRIVATE KEY-----/)
})

test('a key of a seed is the key that the protocol makes of it', () => {
  const seed = new Uint8Array(32).fill(7)
  const signer = signerOfKey(identityKeyOf(seed))
  assert.deepEqual(signer.publicKey, publicKeyOf(seed))
  assert.deepEqual(signer.sign(MESSAGE), sign(MESSAGE, seed))
})

test('two new keys are two', () => {
  assert.notDeepEqual(signerOfKey(newIdentityKey()).publicKey, signerOfKey(newIdentityKey()).publicKey)
})

test('a wrong password, a plain key and a key of another kind are told apart', (t) => {
  const folder = temporaryFolder(t)
  const file = join(folder, 'key.pem')
  writeIdentityKey(file, newIdentityKey(), 'a password')
  assert.throws(() => readIdentityKey(file, 'another'), { code: 'key-password-wrong' })
  assert.throws(() => readIdentityKey(file, ''), { code: 'key-password-wrong' })
  const plain = newIdentityKey().export({ format: 'pem', type: 'pkcs8' }).toString()
  writeSecretFile(file, plain)
  assert.throws(() => readIdentityKey(file, 'a password'), { code: 'key-file-not-encrypted' })
  const other = generateKeyPairSync('x25519').privateKey
  writeIdentityKey(file, other, 'a password')
  assert.throws(() => readIdentityKey(file, 'a password'), { code: 'key-file-not-ed25519' })
})

test('a fault names the file and nothing of what is in it', (t) => {
  const file = join(temporaryFolder(t), 'key.pem')
  writeIdentityKey(file, newIdentityKey(), 'a password')
  assert.throws(
    () => readIdentityKey(file, 'not the password'),
    ({ message }: Error) => message === `key-password-wrong (file: ${file})`,
  )
})

test('secret files keep to their owner, and are replaced as a whole', (t) => {
  const file = join(temporaryFolder(t), 'deep', 'down', 'password')
  writeSecretFile(file, 'one')
  chmodSync(file, 0o644)
  assert.throws(() => readSecretFile(file), { code: 'key-file-readable-by-others' })
  writeSecretFile(file, 'two')
  assert.equal(readSecretFile(file), 'two')
  // One that a killed process left behind, readable by all.
  writeFileSync(`${file}.new`, 'half', { mode: 0o644 })
  writeSecretFile(file, 'three')
  assert.deepEqual([readSecretFile(file), statSync(file).mode & 0o777], ['three', 0o600])
  assert.throws(() => readSecretFile(`${file}.absent`), { code: 'key-file-missing' })
})
