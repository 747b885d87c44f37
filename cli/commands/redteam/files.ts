/** An archive's files: in a folder, and made anew around other entries. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { ArchiveFiles } from '../../../protocol/catalogue/attacks/attack.ts'
import { encodeBytes } from '../../../protocol/wire/canonical-json.ts'
import { digest } from '../../../protocol/wire/sha256.ts'
import { FORMAT } from '../../../runtime/archive/archive.ts'
import { MANIFEST } from '../../../verifier/archive/manifest.ts'

export async function writeFiles(folder: string, files: ArchiveFiles): Promise<void> {
  for (const [path, bytes] of files) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, bytes)
  }
}

/** Whether the folder still holds exactly these bytes under these names. */
export async function holds(folder: string, files: ArchiveFiles): Promise<boolean> {
  const read = await Promise.all(
    [...files].map(async ([path, bytes]) => (await readFile(join(folder, path))).equals(bytes)),
  )
  return read.every(Boolean)
}

/** The same archive around other entries, under a manifest that is true to them; what is added comes last. */
export function remade(archive: ArchiveFiles, damage: (lines: readonly string[]) => readonly string[]): ArchiveFiles {
  const parts = [...archive].filter(([path]) => path.endsWith('.jsonl.gz')).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const whole = parts.map(([path, bytes]) => [path, linesIn(bytes)] as const)
  const lines = damage(whole.flatMap(([, some]) => some))
  let from = 0
  const files = new Map(archive)
  whole.forEach(([path, some], i) => {
    const upTo = i === whole.length - 1 ? lines.length : from + some.length
    const text = lines.slice(from, upTo).map((line) => `${line}\n`)
    files.set(path, Uint8Array.from(gzipSync(text.join(''))))
    from = upTo
  })
  files.delete(MANIFEST)
  const listed = [...files].map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: digest(bytes) }))
  listed.sort((a, b) => (a.path < b.path ? -1 : 1))
  const { deployment: id } = JSON.parse(Buffer.from(archive.get(MANIFEST) ?? []).toString()) as { deployment: string }
  return files.set(MANIFEST, encodeBytes({ deployment: id, files: listed, format: FORMAT }))
}

function linesIn(bytes: Uint8Array): readonly string[] {
  return gunzipSync(bytes).toString().split('\n').slice(0, -1)
}
