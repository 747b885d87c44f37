/**
 * BLS secrets on disk: EIP-2335 keystores (version 4), pbkdf2 and AES-128-CTR. One file, mode 0600.
 *
 * pbkdf2 and not scrypt: fifteen members open theirs at every start, and scrypt's default takes 256 MB each.
 *
 * Faults: `keystore-unreadable` (not of this form, or under scrypt), `keystore-password-wrong`, and those of secret
 * files.
 * Source: EIP-2335; spec 2.5.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  pbkdf2Sync,
  randomBytes,
  randomUUID,
  timingSafeEqual,
} from 'node:crypto'
import { fromHex, hex } from '../../protocol/wire/bytes.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import * as Shape from '../../protocol/wire/shape.ts'
import { readSecretFile, writeSecretFile } from './secret-file.ts'

const ITERATIONS = 262_144
const KEY_BYTES = 32

const anyHex = Shape.string({ max: 512, pattern: /^(?:[0-9a-f]{2})*$/ })

const keystoreShape = Shape.object(
  {
    crypto: Shape.object({
      kdf: Shape.object({
        function: Shape.literal('pbkdf2'),
        params: Shape.object({
          dklen: Shape.literal(KEY_BYTES),
          c: Shape.integer({ min: 1, max: 10_000_000 }),
          prf: Shape.literal('hmac-sha256'),
          salt: anyHex,
        }),
        message: Shape.literal(''),
      }),
      checksum: Shape.object({ function: Shape.literal('sha256'), params: Shape.object({}), message: anyHex }),
      cipher: Shape.object({
        function: Shape.literal('aes-128-ctr'),
        params: Shape.object({ iv: anyHex }),
        message: anyHex,
      }),
    }),
    path: Shape.string(),
    uuid: Shape.string({ max: 64 }),
    version: Shape.literal(4),
  },
  { description: Shape.string({ max: 200 }), pubkey: anyHex },
)

export type Keystore = Shape.Infer<typeof keystoreShape>

export function seal(secret: Uint8Array, password: string, publicKey: string, description: string): Keystore {
  const salt = randomBytes(32)
  const iv = randomBytes(16)
  const key = derive(password, salt, ITERATIONS)
  const cipher = createCipheriv('aes-128-ctr', key.subarray(0, 16), iv)
  const message = Buffer.concat([cipher.update(secret), cipher.final()])
  return {
    crypto: {
      kdf: {
        function: 'pbkdf2',
        params: { dklen: KEY_BYTES, c: ITERATIONS, prf: 'hmac-sha256', salt: hex(salt) },
        message: '',
      },
      checksum: { function: 'sha256', params: {}, message: hex(checksum(key, message)) },
      cipher: { function: 'aes-128-ctr', params: { iv: hex(iv) }, message: hex(message) },
    },
    description,
    pubkey: publicKey,
    path: '',
    uuid: randomUUID(),
    version: 4,
  }
}

export function open(keystore: Keystore, password: string): Uint8Array {
  const { kdf, checksum: sum, cipher } = keystore.crypto
  const key = derive(password, bytes(kdf.params.salt), kdf.params.c)
  const message = bytes(cipher.message)
  const expected = bytes(sum.message)
  const found = checksum(key, message)
  if (expected.length !== found.length || !timingSafeEqual(expected, found)) throw new Fault('keystore-password-wrong')
  const decipher = createDecipheriv('aes-128-ctr', key.subarray(0, 16), bytes(cipher.params.iv))
  return Uint8Array.from(Buffer.concat([decipher.update(message), decipher.final()]))
}

export function writeKeystore(file: string, keystore: Keystore): void {
  writeSecretFile(file, `${JSON.stringify(keystore, undefined, 2)}\n`)
}

export function readKeystore(file: string): Keystore {
  const parsed = Shape.parse(keystoreShape, jsonOf(file))
  if (!parsed.ok)
    throw new Fault('keystore-unreadable', { file, code: parsed.error.code, path: parsed.error.path ?? '' })
  return parsed.value
}

function jsonOf(file: string): unknown {
  const text = readSecretFile(file)
  try {
    return JSON.parse(text)
  } catch (cause) {
    // The parser's own words would quote the file.
    throw new Fault('keystore-unreadable', { file, code: 'json-malformed' }, { cause: (cause as Error).name })
  }
}

/** NFKD and without control characters, as the EIP asks. */
function derive(password: string, salt: Uint8Array, iterations: number): Buffer {
  // eslint-disable-next-line no-control-regex -- the EIP strips exactly these
  const plain = password.normalize('NFKD').replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '')
  return pbkdf2Sync(plain, salt, iterations, KEY_BYTES, 'sha256')
}

function checksum(key: Uint8Array, message: Uint8Array): Buffer {
  return createHash('sha256').update(key.subarray(16, 32)).update(message).digest()
}

function bytes(text: string): Uint8Array {
  const read = fromHex(text)
  if (!read.ok) throw new Fault('keystore-unreadable', { code: read.error.code })
  return read.value
}
