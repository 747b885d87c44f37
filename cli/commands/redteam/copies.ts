/**
 * Copies of a small deployment's real files, for attacks of somebody who reaches the disk.
 *
 *     <temporary>/ledger/ledger.sqlite    a founding, two missions, two epochs: written by the runtime's own store
 *     <temporary>/artifacts/              the files that its evidence names
 *     the archive                         exported from it by the runtime's own archive
 *
 * Everything lies in a temporary folder and goes with it: no file of anybody's deployment is opened. The deployment is
 * led there in a simulation; it has no chain, so what only a chain can show (a cut-off tail) is not attacked here.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ATTACKS } from '../../../protocol/catalogue/attacks/all.ts'
import type {
  ArchiveFiles,
  Attack,
  Attempts,
  Copies,
  LedgerRow,
  Trial,
} from '../../../protocol/catalogue/attacks/attack.ts'
import { digestOfSubjects } from '../../../protocol/catalogue/digest-of-subjects.ts'
import { attackFiles, type AttackReport } from '../../../protocol/catalogue/red-team.ts'
import { deployment, type Deployment } from '../../../protocol/conformance/missions/deployment.ts'
import { lead } from '../../../protocol/conformance/missions/guards.ts'
import { missionRun } from '../../../protocol/conformance/missions/mission.ts'
import { REVIEWERS } from '../../../protocol/conformance/missions/people.ts'
import * as Genesis from '../../../protocol/genesis.ts'
import { utf8 } from '../../../protocol/wire/bytes.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { digest, type Digest } from '../../../protocol/wire/sha256.ts'
import { millis } from '../../../protocol/wire/time.ts'
import { openArchive } from '../../../runtime/archive/archive.ts'
import { openLedger, SNAPSHOT_THREAD, versionOfLaw, type Snapshots } from '../../../runtime/ledger/ledger.ts'
import { snapshotFile, writeSnapshot } from '../../../runtime/ledger/snapshot/file.ts'
import { archiveContents, openArtifacts, openSqliteStore } from '../../../runtime/main.ts'
import { verifyWithSodium } from '../../../runtime/signatures/signatures.ts'
import { MANIFEST } from '../../../verifier/archive/manifest.ts'
import { directoryArchive } from '../../../verifier/sources/directory.ts'
import { verify } from '../../../verifier/verify.ts'
import { nativeEngine } from '../../lib/engine.ts'
import { holds, remade, writeFiles } from './files.ts'
import { FILE, read, written } from './ledger-files.ts'

const EVIDENCE = ['the report', 'the data', 'the notes']

/** How long a second fold in a thread may take before it has found nothing. Milliseconds. */
const PATIENCE_MS = 60_000

/** A mission to its end, one under way, two epochs. */
function small(label: string): Deployment {
  const world = deployment(REVIEWERS)
  const done = missionRun(world, `m-${label}`, 'R1')
  done.create()
  lead(done, 'Integrated')
  done.step('assemble_output')
  world.publishEpochs()
  const open = missionRun(world, `m-${label}-open`, 'R1')
  open.create()
  lead(open, 'EvidenceAttached')
  world.publishEpochs()
  return world
}

const rowsOf = ({ texts }: Deployment): readonly LedgerRow[] =>
  texts.map((text, seq) => ({ seq, hash: digest(text), text }))

/** The attacks on files among these, on copies that are gone when they are done; no copy where there are none. */
export async function attackedFiles(attacks: readonly Attack[] = ATTACKS): Promise<readonly AttackReport[]> {
  if (!attacks.some(({ on }) => on === 'files')) return []
  const copies = await copiesOfFiles()
  try {
    return await attackFiles(copies, attacks)
  } finally {
    copies.remove()
  }
}

export async function copiesOfFiles(): Promise<Attempts<Copies> & { remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'genesis-redteam-'))
  const world = small('kept')
  const rows = rowsOf(world)
  const truth = digestOfSubjects(world.state)
  const whole = JSON.stringify(rows)
  const archive = await exported(join(folder, 'whole'), world)
  let trials: Trial[] = []
  let copies = 0

  const place = (): string => join(folder, `copy-${++copies}`)

  /** Starts as the runtime does; answers the fault, or `started`. */
  async function start(at: string, snapshots?: Snapshots<Genesis.State>): Promise<Started> {
    try {
      const clock = { now: () => world.now() }
      const store = openSqliteStore(at)
      const ledger = await openLedger({ store, law: Genesis, verify: verifyWithSodium, clock, snapshots })
      const subjects = await ledger.ask((state) => digestOfSubjects(state))
      return { word: 'started', subjects, ledger }
    } catch (cause) {
      if (cause instanceof Fault) return { word: cause.code, subjects: undefined, ledger: undefined }
      throw cause
    }
  }

  /** Nothing is served, and no row was mended. */
  async function refusedStart(expected: string, what: string, at: string): Promise<void> {
    const before = leftIn(at)
    const { word, ledger } = await start(at)
    await ledger?.close()
    trials.push({ what, expected, given: [word], unchanged: ledger === undefined && leftIn(at) === before })
  }

  async function verdict(expected: string, what: string, files: ArchiveFiles): Promise<void> {
    const at = place()
    await writeFiles(at, files)
    const given = await findings(at, world)
    trials.push({ what, expected, given, unchanged: await holds(at, files) })
  }

  const arena: Copies = {
    expectStart: async (expected, what, damage) => {
      const at = place()
      written(at, damage(rows))
      await refusedStart(expected, what, at)
    },
    expectStartOnBytes: async (expected, what, damage) => {
      const at = place()
      written(at, rows)
      const file = join(at, FILE)
      writeFileSync(file, damage(Uint8Array.from(readFileSync(file))))
      await refusedStart(expected, what, at)
    },
    expectSnapshot: async (expected, what, kind) => {
      const at = place()
      written(at, rows)
      const notes: string[] = []
      const settings = snapshotsIn(at, (code) => notes.push(code))
      snapshotOf(kind, at, world, settings)
      const { subjects, ledger } = await start(at, settings)
      if (kind === 'forged' && ledger !== undefined) notes.push(await stopOf(ledger.stopped))
      await ledger?.close().catch(() => undefined)
      // A forged one is served until it is seen, and then the runtime stops; from then on it is the ledger's state again.
      const again = await start(at, settings)
      await again.ledger?.close()
      const unchanged = again.subjects === truth && (kind === 'forged' || subjects === truth) && leftIn(at) === whole
      trials.push({ what, expected, given: notes, unchanged })
    },
    expectVerdict: (expected, what, damage) => verdict(expected, what, damage(archive)),
    expectVerdictOnEntries: (expected, what, damage) => verdict(expected, what, remade(archive, damage)),
  }
  if ((await findings(join(folder, 'whole'), world)).length > 0) throw new Fault('arena-not-ready', { part: 'archive' })
  return {
    arena,
    take: () => {
      const taken = trials
      trials = []
      return taken
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

type Ledger = Awaited<ReturnType<typeof openLedger<Genesis.State, Genesis.AdmittedCommand>>>
type Started = { readonly word: string; readonly subjects: string | undefined; readonly ledger: Ledger | undefined }

/** Every fault of the steps that need no chain. */
async function findings(at: string, world: Deployment): Promise<readonly string[]> {
  const { report } = await verify({
    archive: await directoryArchive(at),
    chain: undefined,
    engine: nativeEngine(),
    now: () => millis(world.now() + 1000),
    artifacts: 'all',
  })
  return report.steps
    .flatMap((step) => step.findings.map(({ code }) => code))
    .filter((code) => code !== 'chain-not-given')
}

async function exported(out: string, world: Deployment): Promise<ArchiveFiles> {
  const at = `${out}-data`
  written(join(at, 'ledger'), rowsOf(world))
  const clock = { now: () => world.now() }
  const store = openSqliteStore(join(at, 'ledger'))
  const ledger = await openLedger({ store, law: Genesis, verify: verifyWithSodium, clock })
  const artifacts = await openArtifacts(join(at, 'artifacts'))
  for (const text of EVIDENCE) await artifacts.put(digest(text), one(utf8(text)))
  const certificates = async () => ({ certificates: [] })
  const folder = join(at, 'archive')
  const archive = await openArchive({ ledger, artifacts, contents: archiveContents, certificates, folder })
  const manifest = await archive.manifest()
  const files = new Map([[MANIFEST, manifest]])
  const { files: listed } = JSON.parse(Buffer.from(manifest).toString()) as {
    files: { path: string; sha256: Digest }[]
  }
  for (const { path, sha256 } of listed) {
    const chunks: Uint8Array[] = []
    for await (const chunk of (await archive.open(path, sha256))?.read() ?? []) chunks.push(chunk)
    files.set(path, Uint8Array.from(Buffer.concat(chunks)))
  }
  await ledger.close()
  await writeFiles(out, files)
  return files
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function snapshotsIn(folder: string, told: (code: string) => void): Snapshots<Genesis.State> {
  return {
    folder,
    law: Genesis,
    version: versionOfLaw(),
    thread: SNAPSHOT_THREAD,
    onNote: (note) => {
      if (note.kind === 'discarded') told(note.code)
    },
  }
}

function snapshotOf(
  kind: 'damaged' | 'of another ledger' | 'forged',
  folder: string,
  world: Deployment,
  { version, law }: Snapshots<Genesis.State>,
): void {
  const file = snapshotFile(folder)
  if (kind === 'of another ledger') {
    writeSnapshot(file, version, law, small('other').state)
    return
  }
  const state = law.restoreState(structuredClone(law.saveState(world.state)) as never)
  const trust = state.trust.human.columns.value
  if (kind === 'forged') trust[0] = (trust[0] ?? 0) + 1
  writeSnapshot(file, version, law, state)
  if (kind !== 'damaged') return
  const bytes = readFileSync(file)
  bytes[bytes.length >> 1]! ^= 1
  writeFileSync(file, bytes)
}

/** The rows as they lie there, or a word where SQLite itself cannot read them. */
function leftIn(folder: string): string {
  try {
    return JSON.stringify(read(folder))
  } catch {
    return 'unreadable'
  }
}

/** Why a ledger stopped by itself; `went-on` where it did not. */
async function stopOf(stopped: Promise<Fault>): Promise<string> {
  const waited = Promise.withResolvers<string>()
  const timer = setTimeout(() => waited.resolve('went-on'), PATIENCE_MS)
  const word = await Promise.race([stopped.then(({ code }) => code), waited.promise])
  clearTimeout(timer)
  return word
}
