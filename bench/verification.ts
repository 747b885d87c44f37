/**
 * Full verification of an archive, beside checking the same signatures and nothing else.
 *
 * The archive is in memory: what is measured is hashing its files, decompressing, parsing, the law and the signatures,
 * on one core, with libsodium on both sides. The chain's part (certificates) costs the same however many entries
 * there are; it is stated apart. No signers run beside it.
 */
import { gzipSync } from 'node:zlib'
import * as genesis from '../protocol/genesis.ts'
import { encodeBytes } from '../protocol/wire/canonical-json.ts'
import { digest } from '../protocol/wire/sha256.ts'
import { millis } from '../protocol/wire/time.ts'
import { deploymentView } from '../protocol/views.ts'
import { nativeEngine } from '../cli/lib/engine.ts'
import type { ArchiveSource } from '../verifier/archive/source.ts'
import { verify } from '../verifier/verify.ts'
import { deployment } from './support/commands.ts'
import { median, ms, perSecond, rate, timed, type Bench } from './support/measure.ts'

const ENTRIES = 10_000
const ROUNDS = 7

type Check = { readonly signature: Uint8Array; readonly message: Uint8Array; readonly publicKey: Uint8Array }

export const verification: Bench = {
  name: 'verification',
  about: `full verification of an archive of ${ENTRIES.toLocaleString('en')} entries; no signers run beside it`,
  run: async (say) => {
    const engine = nativeEngine()
    const { archive, checks } = archiveOf(ENTRIES)
    const question = { archive, chain: undefined, engine, now: () => millis(Date.now()), artifacts: 'all' } as const
    const whole: number[] = []
    const bare: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      whole.push(
        await timed(async () => {
          const { report } = await verify(question)
          // Without a chain all that can hold holds: the archive, the ledger and the law.
          const held = report.steps.filter(({ status }) => status === 'holds').map(({ id }) => id)
          if (!held.includes('law') || !held.includes('archive')) throw new Error(JSON.stringify(report.fault))
        }),
      )
      bare.push(
        await timed(() => {
          for (const { signature, message, publicKey } of checks) {
            if (engine.verifySignature(signature, message, publicKey) !== true) throw new Error('signature-invalid')
          }
        }),
      )
    }
    const [all, signatures] = [median(whole), median(bare)]
    say({ what: 'Ed25519 verification alone of the same records', figure: rate(perSecond(checks.length, signatures)) })
    say({
      what: `archive of ${ENTRIES.toLocaleString('en')} entries, files to law`,
      figure: ms(all),
      baseline: `signatures alone ${ms(signatures)}`,
      ratio: all / signatures,
      goal: { at: 'most', ratio: 1.4 },
      note: `the fastest of ${ROUNDS} rounds ${ms(Math.min(...whole))} beside ${ms(Math.min(...bare))}`,
    })
  },
}

/** A ledger as the law makes it, as one open epoch of an archive, and the signatures in it. */
function archiveOf(entries: number): { readonly archive: ArchiveSource; readonly checks: readonly Check[] } {
  const founded = deployment()
  const state = genesis.emptyState()
  const texts: string[] = []
  const checks: Check[] = []
  const take = (text: string): void => {
    const command = genesis.admit(text)
    if (!command.ok) throw new Error(command.error.code)
    const asked = genesis.checksOf(state, command.value)
    if ('code' in asked) throw new Error(asked.code)
    checks.push(...asked.map((check) => ({ ...check, message: check.message() })))
    const recorded = genesis.record(state, command.value, {
      recordedAt: founded.now,
      signatures: asked.map(() => true),
    })
    if (recorded.kind !== 'entry') throw new Error(recorded.kind)
    texts.push(recorded.entry.text)
  }
  for (const { text } of founded.rows) take(commandOf(text))
  for (const envelope of founded.commands(entries - texts.length, 'v')) take(envelope)
  return { archive: inMemory(texts, state), checks }
}

/** The envelope inside an entry. */
function commandOf(entry: string): string {
  const read = genesis.readEntry(entry, 0)
  if (!read.ok) throw new Error(read.error.code)
  return read.value.command.envelopeText
}

function inMemory(texts: readonly string[], state: genesis.State): ArchiveSource {
  const files = new Map<string, Uint8Array>([
    ['certificates.json', encodeBytes({ certificates: [] })],
    ['deployment.json', encodeBytes(deploymentView(state))],
    ['open.jsonl.gz', Uint8Array.from(gzipSync(texts.map((text) => `${text}\n`).join(''), { level: 6 }))],
  ])
  const listed = [...files].map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: digest(bytes) }))
  const manifest = encodeBytes({ deployment: digest(texts[0] ?? ''), files: listed, format: 'genesis-archive-1' })
  return {
    name: 'memory',
    live: false,
    manifest: async () => manifest,
    open: async (path) => chunks(files.get(path) ?? new Uint8Array()),
    list: async () => undefined,
  }
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 256 * 1024) yield bytes.subarray(at, at + 256 * 1024)
}
