/**
 * What a built-in agent is, as a digest: its name and the code of this room. Agents of one operator with one fingerprint
 * are kin (spec 4.5), and an agent whose code has changed has another fingerprint.
 *
 *     SHA-256( JCS { agent, code: { path: digest, … }, kind: 'code' } )
 *
 * The law that the agents share (protocol/) is not in it: it is the deployment's, and named by its version.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encode } from '../../protocol/wire/canonical-json.ts'
import { digest, type Digest } from '../../protocol/wire/sha256.ts'

const ROOM = fileURLToPath(new URL('.', import.meta.url))
const CODE = /\.(?:ts|mjs|sh)$/

export function fingerprintOfCode(agent: string): Digest {
  return digest(encode({ agent, code: codeOf(ROOM), kind: 'code' }))
}

function codeOf(folder: string): { readonly [path: string]: string } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && CODE.test(entry.name),
  )
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length)).toSorted()
  return Object.fromEntries(paths.map((path) => [path.replaceAll('\\', '/'), digest(readFileSync(join(folder, path)))]))
}
