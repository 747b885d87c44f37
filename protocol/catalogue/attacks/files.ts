/** Somebody who reaches the disk: the ledger's rows and file, its snapshots, the archive. Source: spec 2.2, 7, 11. */
import { base64, concat, utf8 } from '../../wire/bytes.ts'
import { encode, parseRecord, type Json } from '../../wire/canonical-json.ts'
import { open } from '../../wire/dsse.ts'
import { digest } from '../../wire/sha256.ts'
import type { ArchiveFiles, Attack, LedgerRow } from './attack.ts'

const halved = (bytes: Uint8Array): Uint8Array => bytes.slice(0, Math.floor(bytes.length / 2))

/** One bit of the byte at this place is another. */
function flipped(bytes: Uint8Array, place: number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  changed[place] = (changed[place] ?? 0) ^ 1
  return changed
}

/** The row with another text, and the hash that fits it. */
function rewritten(row: LedgerRow, change: (text: string) => string): LedgerRow {
  const text = change(row.text)
  return { ...row, text, hash: digest(text) }
}

const changed = <T>(all: readonly T[], place: number, change: (one: T) => T): readonly T[] =>
  all.map((one, i) => (i === place ? change(one) : one))

/** The entry that holds a worker's evidence. */
const submitted = (texts: readonly string[]): number =>
  texts.findIndex((text) => text.includes('"mission.evidence_attached"'))

/** The command's payload says another thing; nobody who would sign it did. */
function forged(text: string): string {
  const entry = JSON.parse(text) as { command: { payload: string; [field: string]: Json } }
  const opened = open(encode(entry.command))
  const payload = opened.ok ? parseRecord(opened.value.text) : undefined
  if (!opened.ok || payload?.ok !== true) return text
  const said = { ...(payload.value as { [field: string]: Json }), nonce: 'another' }
  return text.replace(entry.command.payload, base64(utf8(encode(said))))
}

function withFile(files: ArchiveFiles, path: string, change: (bytes: Uint8Array) => Uint8Array): ArchiveFiles {
  return new Map([...files].map(([name, bytes]) => [name, name === path ? change(bytes) : bytes]))
}

const artifactIn = (files: ArchiveFiles): string =>
  [...files.keys()].find((path) => path.startsWith('artifacts/')) ?? ''

const EPOCH = 'epochs/00000000.jsonl.gz'
const MANIFEST = 'manifest.json'

export const FILES: readonly Attack[] = [
  {
    id: 'ledger-file-damaged',
    title: 'The ledger’s file is torn in the middle, or a byte of it flipped, and the runtime started on it',
    on: 'files',
    run: async (copies) => {
      await copies.expectStartOnBytes('ledger-store-damaged', 'the file torn in half', halved)
      await copies.expectStartOnBytes('ledger-store-damaged', 'its first byte flipped', (file) => flipped(file, 0))
      await copies.expectStartOnBytes('ledger-entry-edited', 'a byte inside an entry', (file) =>
        flipped(file, placeOf(file, '"mission.scoped"') + 3),
      )
    },
  },
  {
    id: 'ledger-rows-changed',
    title: 'Rows of the ledger are dropped, reordered, doubled, edited with their hashes, and the runtime started',
    on: 'files',
    run: async (copies) => {
      await copies.expectStart('ledger-gap', 'an entry dropped', (rows) => rows.filter(({ seq }) => seq !== 5))
      await copies.expectStart('ledger-gap', 'the first one dropped', (rows) => rows.slice(1))
      await copies.expectStart('ledger-entry-differs', 'two entries reordered', (rows) =>
        rows.map((row, i) => ({ ...rows[i === 7 ? 8 : i === 8 ? 7 : i]!, seq: row.seq })),
      )
      await copies.expectStart('ledger-entry-differs', 'the last one doubled', (rows) => [
        ...rows,
        { ...rows.at(-1)!, seq: rows.length },
      ])
      await copies.expectStart('ledger-entry-edited', 'an entry edited', (rows) =>
        changed(rows, 6, (row) => ({ ...row, text: row.text.replace('"recorded_at":"2026', '"recorded_at":"2025') })),
      )
      await copies.expectStart('ledger-entry-differs', 'an entry edited together with its hash', (rows) =>
        changed(rows, 6, (row) =>
          rewritten(row, (text) => text.replace('"outcome":"committed"', '"outcome":"withheld"')),
        ),
      )
      await copies.expectStart('ledger-entry-differs', 'evidence edited under its signature', (rows) =>
        changed(rows, submitted(rows.map(({ text }) => text)), (row) => rewritten(row, forged)),
      )
    },
  },
  {
    id: 'snapshot-swapped',
    title: 'A snapshot that is damaged, of another ledger, or forged with a true head lies where the ledger starts',
    on: 'files',
    run: async (copies) => {
      await copies.expectSnapshot('snapshot-damaged', 'a byte of the snapshot flipped', 'damaged')
      await copies.expectSnapshot(
        'snapshot-of-another-ledger',
        'the snapshot of another deployment',
        'of another ledger',
      )
      await copies.expectSnapshot('ledger-snapshot-false', 'more trust in it than the ledger gives', 'forged')
    },
  },
  {
    id: 'archive-files-changed',
    title: 'Files of an archive are torn, flipped, left out, put in; an artifact or a manifest is forged',
    on: 'files',
    run: async (copies) => {
      await copies.expectVerdict('file-differs', 'a torn file of entries', (files) => withFile(files, EPOCH, halved))
      await copies.expectVerdict('file-differs', 'a flipped byte', (files) =>
        withFile(files, EPOCH, (bytes) => flipped(bytes, bytes.length >> 1)),
      )
      await copies.expectVerdict('file-missing', 'a file left out', (files) => without(files, EPOCH))
      await copies.expectVerdict('file-unexpected', 'a file put in', (files) =>
        new Map(files).set('notes.txt', utf8('Trust me.')),
      )
      await copies.expectVerdict('file-differs', 'other evidence under the same name', (files) =>
        withFile(files, artifactIn(files), (bytes) => concat(bytes, utf8('!'))),
      )
      await copies.expectVerdict('manifest-missing', 'no manifest', (files) => without(files, MANIFEST))
      await copies.expectVerdict('manifest-malformed', 'a torn manifest', (files) => withFile(files, MANIFEST, halved))
    },
  },
  {
    id: 'archive-entries-rewritten',
    title: 'An archive made anew around entries that were dropped, reordered, doubled, edited, signed by nobody',
    on: 'files',
    run: async (copies) => {
      await copies.expectVerdictOnEntries('entry-out-of-place', 'an entry dropped', (lines) =>
        lines.filter((_, seq) => seq !== 9),
      )
      await copies.expectVerdictOnEntries('entry-out-of-place', 'two entries reordered', (lines) =>
        lines.map((_, i) => lines[i === 7 ? 8 : i === 8 ? 7 : i]!),
      )
      await copies.expectVerdictOnEntries('entry-repeated', 'the last one doubled', (lines) => [
        ...lines,
        lines.at(-1)!,
      ])
      await copies.expectVerdictOnEntries('entry-malformed', 'the last line torn', (lines) =>
        changed(lines, lines.length - 1, (line) => line.slice(0, line.length >> 1)),
      )
      await copies.expectVerdictOnEntries('entry-differs', 'an event edited', (lines) =>
        changed(lines, lines.length - 1, (line) => line.replace('"outcome":"committed"', '"outcome":"withheld"')),
      )
      await copies.expectVerdictOnEntries('signature-invalid', 'evidence edited under its signature', (lines) =>
        changed(lines, submitted(lines), forged),
      )
    },
  },
]

function without(files: ArchiveFiles, path: string): ArchiveFiles {
  return new Map([...files].filter(([name]) => name !== path))
}

/** Where the text begins in the file. */
function placeOf(file: Uint8Array, text: string): number {
  const wanted = utf8(text)
  return file.findIndex((_, at) => wanted.every((byte, i) => file[at + i] === byte))
}
