/**
 * One round of kill -9: let a process write, kill it at a moment drawn from the seed, open what it left and
 * look for what was acknowledged.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import * as Sha256 from '../../protocol/wire/sha256.ts'
import { millis } from '../../protocol/wire/time.ts'
import { openLedger } from '../../runtime/ledger/ledger.ts'
import { openSqliteStore } from '../../runtime/ledger/stores/sqlite.ts'
import { verifyWithSodium } from '../../runtime/signatures/signatures.ts'
import { person, tinyLaw } from './tiny-law.ts'

const LOAD = fileURLToPath(new URL('./crash-load.ts', import.meta.url))

export type Acknowledged = {
  readonly seq: number
  readonly hash: string
  readonly person: number
  readonly nonce: string
}

export type Round = {
  readonly folder: string
  readonly run: number
  readonly producers: number
  /** Milliseconds from the first answer, or from the start of the process, to the kill. */
  readonly killAfterMs: number
  readonly from: 'first-answer' | 'start'
}

/** Everything acknowledged in this round, in the order in which it was told. */
export async function killDuringLoad(round: Round): Promise<Acknowledged[]> {
  const args = [LOAD, round.folder, String(round.run), String(round.producers)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let told = ''
  let complaints = ''
  const answered = Promise.withResolvers<void>()
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    told += chunk
    if (told.includes('\n')) answered.resolve()
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaints += chunk))
  const closed = once(child, 'close')
  if (round.from === 'first-answer') await Promise.race([answered.promise, closed])
  await new Promise((resolve) => setTimeout(resolve, round.killAfterMs))
  child.kill('SIGKILL')
  await closed
  assert.equal(complaints, '', complaints)
  return acknowledgedIn(told)
}

/**
 * Lets a process write until no file may grow any more, as on a full disk, and it gives up by itself. `kilobytes` is
 * what a file may have.
 */
export async function fillTheDisk(
  folder: string,
  kilobytes: number,
): Promise<{ readonly acknowledged: Acknowledged[]; readonly complaint: string; readonly exitCode: number | null }> {
  const limited = 'ulimit -f "$1"; shift; exec "$@"'
  const args = ['-c', limited, 'sh', String(kilobytes), process.execPath, LOAD, folder, '0', '16']
  const child = spawn('bash', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let told = ''
  let complaint = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (told += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaint += chunk))
  const [exitCode] = (await once(child, 'close')) as [number | null]
  return { acknowledged: acknowledgedIn(told), complaint, exitCode }
}

function acknowledgedIn(told: string): Acknowledged[] {
  const lines = told.split('\n').slice(0, -1)
  return lines.map((line) => {
    const [seq, hash, by, nonce] = line.split(' ')
    return { seq: Number(seq), hash: hash!, person: Number(by), nonce: nonce! }
  })
}

/**
 * Opens the folder as any start would (every entry decided again, the chain of hashes checked) and requires
 * each acknowledged entry in its place. Gives the number of entries.
 */
export async function requireAllThere(folder: string, acknowledged: readonly Acknowledged[]): Promise<number> {
  const ledger = await openLedger({
    store: openSqliteStore(folder),
    law: tinyLaw(),
    verify: verifyWithSodium,
    clock: { now: () => millis(Date.now()) },
  })
  try {
    const { size } = ledger.head()
    const entries = ledger.read(0, size)
    assert.equal(entries.length, size)
    let previous: string = Sha256.ZERO_DIGEST
    for (const { text, hash } of entries) {
      assert.equal(Sha256.digest(text), hash)
      assert.equal((JSON.parse(text) as { previous: string }).previous, previous)
      previous = hash
    }
    const seqs = await ledger.ask((state) => new Map(state.seen))
    assert.equal(seqs.size, size, 'no command stands there twice')
    const nonces = await ledger.ask((state) => new Set(state.nonces))
    for (const { seq, hash, person: by, nonce } of acknowledged) {
      assert.equal(entries[seq]?.hash, hash, `entry ${seq} was acknowledged`)
      assert.ok(nonces.has(`${person(by).id} ${nonce}`))
    }
    return size
  } finally {
    await ledger.close()
  }
}

/** The same draws for the same seed: 0 ≤ x < 1. */
export function draws(seed: number): () => number {
  let count = 0
  return () => {
    const raw = Sha256.hash(new TextEncoder().encode(`${seed}:${count++}`))
    return new DataView(raw.buffer, raw.byteOffset).getUint32(0) / 2 ** 32
  }
}

/** When to kill: mostly under load, now and then while the process is still starting. */
export function planRound(folder: string, run: number, draw: () => number): Round {
  const producers = [1, 8, 64, 256][Math.floor(draw() * 4)]!
  return draw() < 0.8
    ? { folder, run, producers, from: 'first-answer', killAfterMs: Math.floor(draw() * 250) }
    : { folder, run, producers, from: 'start', killAfterMs: Math.floor(draw() * 600) }
}
