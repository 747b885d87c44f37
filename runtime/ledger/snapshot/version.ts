/**
 * A name for the code that decides: a state made by other code is not read, even where nobody thought of giving it
 * another number.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PROTOCOL = fileURLToPath(new URL('../../../protocol/', import.meta.url))

/** SHA-256 over the protocol's source as it lies on disk, and the engine whose serialisation a snapshot is in. */
export function versionOfLaw(): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(PROTOCOL, { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (!name.endsWith('.ts')) continue
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(PROTOCOL, name)))
      .update('\0')
  }
  return `${hash.digest('hex')} v8-${process.versions.v8}`
}
