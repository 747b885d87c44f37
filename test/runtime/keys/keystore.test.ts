import assert from 'node:assert/strict'
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { open, readKeystore, seal, writeKeystore, type Keystore } from '../../../runtime/keys/keys.ts'
import { temporaryFolder } from '../../support/folder.ts'

const SECRET = '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f'

/** The test case of EIP-2335 with pbkdf2, word for word. Its password is written in mathematical letters. */
const OFFICIAL = {
  crypto: {
    kdf: {
      function: 'pbkdf2',
      params: {
        dklen: 32,
        c: 262144,
        prf: 'hmac-sha256',
        salt: 'd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3',
      },
      message: '',
    },
    checksum: {
      function: 'sha256',
      params: {},
      message: '8a9f5d9912ed7e75ea794bc5a89bca5f193721d30868ade6f73043c6ea6febf1',
    },
    cipher: {
      function: 'aes-128-ctr',
      params: { iv: '264daa3f303d7259501c93d997d84fe6' },
      message: 'cee03fde2af33149775b7223e7845e4fb2c8ae1792e5f99fe9ecf474cc8c16ad',
    },
  },
  description: 'This is a test keystore that uses PBKDF2 to secure the secret.',
  pubkey: '9612d7a727c9d0a22e185a1c768478dfe919cada9266988cb32359c11f2b7b27f4ae4040902382ae2910c15e2b420d07',
  path: 'm/12381/60/0/0',
  uuid: '64625def-3331-4eea-ab6f-782f3ed16a83',
  version: 4,
} as const satisfies Keystore

const OFFICIAL_PASSWORD = '𝔱𝔢𝔰𝔱𝔭𝔞𝔰𝔰𝔴𝔬𝔯𝔡🔑'

test('the official keystore opens under its password, and under what that is in plain letters', () => {
  assert.equal(Buffer.from(open(OFFICIAL, OFFICIAL_PASSWORD)).toString('hex'), SECRET)
  assert.equal(Buffer.from(open(OFFICIAL, 'testpassword🔑')).toString('hex'), SECRET)
})

test('control characters in a password do not count, as the EIP asks', () => {
  assert.equal(Buffer.from(open(OFFICIAL, '\u0000test\u001fpass\u007fword\u0080🔑\u009f\n')).toString('hex'), SECRET)
})

test('another password does not open it', () => {
  for (const password of ['', 'testpassword', 'testpassword🔑 ', 'Testpassword🔑']) {
    assert.throws(() => open(OFFICIAL, password), { code: 'keystore-password-wrong' })
  }
})

test('a changed byte of what is sealed is noticed', () => {
  const { cipher, checksum } = OFFICIAL.crypto
  const other = (hex: string): string => (hex.startsWith('0') ? '1' : '0') + hex.slice(1)
  const changed = [
    { ...OFFICIAL.crypto, cipher: { ...cipher, message: other(cipher.message) } },
    { ...OFFICIAL.crypto, checksum: { ...checksum, message: other(checksum.message) } },
    { ...OFFICIAL.crypto, checksum: { ...checksum, message: '' } },
  ]
  for (const crypto of changed) {
    assert.throws(() => open({ ...OFFICIAL, crypto }, OFFICIAL_PASSWORD), { code: 'keystore-password-wrong' })
  }
})

test('what is sealed comes back from its file, and the file says nothing of it', (t) => {
  const file = join(temporaryFolder(t), 'keys', 'committee', '0.json')
  const secret = Buffer.from(SECRET, 'hex')
  writeKeystore(file, seal(secret, 'correct horse', 'ab'.repeat(96), 'Member 0'))
  assert.equal(Buffer.from(open(readKeystore(file), 'correct horse')).toString('hex'), SECRET)
  assert.equal(readFileSync(file, 'utf8').includes(SECRET), false)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.equal(statSync(join(file, '..')).mode & 0o777, 0o700)
  assert.equal(existsSync(`${file}.new`), false)
  const again = seal(secret, 'correct horse', 'ab'.repeat(96), 'Member 0')
  assert.notEqual(again.crypto.cipher.message, readKeystore(file).crypto.cipher.message, 'salt and iv are fresh')
})

test('a file of another form is named with the place that is wrong, and never quoted', (t) => {
  const file = join(temporaryFolder(t), 'keystore.json')
  const forms: [string, string][] = [
    ['{"secret":"abc', 'json-malformed'],
    [JSON.stringify({ ...OFFICIAL, version: 3 }), 'field-value'],
    [JSON.stringify({ ...OFFICIAL, more: 1 }), 'field-unknown'],
    [JSON.stringify({ ...OFFICIAL, crypto: { ...OFFICIAL.crypto, kdf: { function: 'scrypt' } } }), 'field-value'],
  ]
  for (const [text, code] of forms) {
    writeFileSync(file, text, { mode: 0o600 })
    assert.throws(
      () => readKeystore(file),
      (fault: Error & { code: string; params: { code: string } }) => {
        assert.deepEqual([fault.code, fault.params.code], ['keystore-unreadable', code])
        assert.equal(fault.message.includes('secret":'), false)
        return true
      },
    )
  }
})

test('a key file that others may read is not used', (t) => {
  const file = join(temporaryFolder(t), 'keystore.json')
  writeKeystore(file, OFFICIAL)
  for (const mode of [0o640, 0o604, 0o620, 0o601, 0o660, 0o644]) {
    chmodSync(file, mode)
    assert.throws(() => readKeystore(file), { code: 'key-file-readable-by-others' })
  }
  for (const mode of [0o600, 0o400]) {
    chmodSync(file, mode)
    assert.equal(readKeystore(file).uuid, OFFICIAL.uuid)
  }
  assert.throws(() => readKeystore(`${file}.absent`), { code: 'key-file-missing' })
})
