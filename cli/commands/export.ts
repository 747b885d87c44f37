/** `genesis export`: the archive of a running deployment, as files that anybody can keep, serve and verify. */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Fault } from '../../protocol/wire/fault.ts'
import { MANIFEST, readManifest, type Listed, type Manifest } from '../../verifier/archive/manifest.ts'
import type { ArchiveSource } from '../../verifier/archive/source.ts'
import { runtimeArchive } from '../../verifier/sources/http.ts'
import { EXIT, type Command, type Io } from '../lib/command.ts'
import { progressLine } from '../lib/progress.ts'
import { clientFor, STACK_HELP, STACK_OPTIONS } from '../lib/stack.ts'
import { readArgs, required } from '../lib/usage.ts'

const HELP = `Usage: genesis export --out DIR [--url URL] [--json]

Copies the archive of a deployment into a new folder: every entry, the certificates, the deployment's file, every
artifact that the ledger names, and a manifest with the digest of each. All files are of one moment.

  --out DIR       a folder that does not exist yet, or is empty
${STACK_HELP}

Examples:
  genesis export --out ./copy
  genesis export --url https://genesis.example --out ./copy --json

Exit codes: 0 copied, 2 it could not be (nothing is left behind).
`

/** How often the archive may move on while it is copied. */
const ATTEMPTS = 4

export const command: Command = {
  name: 'export',
  summary: 'copy a deployment’s archive into a folder',
  help: HELP,
  run: async (args, io) => {
    const { values } = readArgs({ args: [...args], options: { ...STACK_OPTIONS, out: { type: 'string' } } })
    if (values.help) {
      io.out(HELP)
      return EXIT.yes
    }
    const out = resolve(required(values.out, '--out'))
    await requireFree(out)
    const manifest = await copy(runtimeArchive(clientFor(values).url), out, io)
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
    const done = { out, deployment: manifest.deployment, files: manifest.files.length, bytes }
    io.out(
      values.json
        ? `${JSON.stringify(done)}\n`
        : `${done.files} files, ${bytes} bytes of ${manifest.deployment}\n${out}\n`,
    )
    return EXIT.yes
  },
}

async function requireFree(out: string): Promise<void> {
  const there = await readdir(out).catch((cause: unknown) => {
    if ((cause as { readonly code?: string }).code === 'ENOENT') return []
    throw new Fault('out-not-usable', { out }, { cause })
  })
  if (there.length > 0) throw new Fault('out-not-empty', { out })
}

/** Beside its place first, and moved there when it is whole. */
async function copy(source: ArchiveSource, out: string, io: Io): Promise<Manifest> {
  const beside = `${out}.part-${process.pid}`
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      await rm(beside, { recursive: true, force: true })
      const manifest = await copyOnce(source, beside, io)
      if (manifest === undefined) continue
      await mkdir(dirname(out), { recursive: true })
      await rename(beside, out)
      return manifest
    }
    throw new Fault('archive-moving', { source: source.name })
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
}

/** Undefined when the source forgot the moment on the way. */
async function copyOnce(source: ArchiveSource, folder: string, io: Io): Promise<Manifest | undefined> {
  const bytes = await source.manifest()
  if (bytes === undefined) throw new Fault('archive-unreachable', { source: source.name })
  const manifest = readManifest(bytes)
  if (!manifest.ok) throw new Fault('manifest-malformed', { source: source.name, code: manifest.error.code })
  const { files } = manifest.value
  const line = progressLine(io)
  try {
    for (const [i, file] of files.entries()) {
      line.show(`copying ${i + 1} of ${files.length}: ${file.path}`)
      if (!(await copyFile(source, file, join(folder, file.path)))) return undefined
    }
  } finally {
    line.clear()
  }
  await writeFile(join(folder, MANIFEST), bytes)
  await sync(folder)
  return manifest.value
}

async function copyFile(source: ArchiveSource, file: Listed, to: string): Promise<boolean> {
  const raw = await source.open(file.path, file.sha256)
  if (raw === undefined) return false
  await mkdir(dirname(to), { recursive: true })
  const hash = createHash('sha256')
  const noted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(undefined, chunk)
    },
  })
  await pipeline(Readable.from(raw, { objectMode: false }), noted, createWriteStream(to))
  const found = `sha256:${hash.digest('hex')}`
  if (found !== file.sha256) throw new Fault('file-differs', { path: file.path, manifest: file.sha256, found })
  return true
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
