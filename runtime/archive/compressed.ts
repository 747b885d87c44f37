/**
 * Text into a gzip file whose bytes depend on the text alone: no time, no file name, no operating system.
 *
 * The header's eighth and ninth bytes are for the compressor's effort and the system; the one follows from the
 * level, which is fixed, the other is set to 255, unknown. The compressed stream is that of the pinned Node's
 * zlib; another zlib may find other matches for the same text.
 *
 * Source: RFC 1952, section 2.3.
 */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Digest } from '../../protocol/wire/sha256.ts'

const LEVEL = 6
const SYSTEM_BYTE = 9
const UNKNOWN_SYSTEM = 255

export async function writeCompressed(
  file: string,
  text: AsyncIterable<string>,
): Promise<{ readonly bytes: number; readonly sha256: Digest }> {
  const hash = createHash('sha256')
  let bytes = 0
  const noted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const systemByte = SYSTEM_BYTE - bytes
      if (systemByte >= 0 && systemByte < chunk.length) chunk[systemByte] = UNKNOWN_SYSTEM
      bytes += chunk.length
      hash.update(chunk)
      done(undefined, chunk)
    },
  })
  await pipeline(Readable.from(text), createGzip({ level: LEVEL }), noted, createWriteStream(file, { mode: 0o600 }))
  return { bytes, sha256: `sha256:${hash.digest('hex')}` as Digest }
}
