/**
 * What is on its way to the chain, on disk: certificate shares, certificates, and every call with its transactions.
 *
 * None of it is truth: shares and certificates verify by themselves, and the chain says what arrived. But a
 * transaction is written down before it is broadcast, so that after a kill nothing is sent twice under two nonces.
 *
 * Each write is one SQLite transaction with synchronous=FULL; when a method returns, it is on disk.
 *
 *     waiting ─▶ submitted ─▶ included ─▶ safe ─▶ final
 *        ▲           │            │         │
 *        └── orphaned┴────────────┴─────────┘      refused: the call would revert; said so and left alone
 */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { encode, type Json } from '../../protocol/wire/canonical-json.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Certificate } from '../../protocol/wire/certificate.ts'

export const SENDING_STATES = ['waiting', 'submitted', 'included', 'safe', 'final', 'refused'] as const

export type SendingState = (typeof SENDING_STATES)[number]

/** `key` names what is sent, once and for all: `epoch:7`, or `approval:<digest>:<attempt>:<wallet>`. */
export type Sending = {
  readonly key: string
  readonly payload: Json
  readonly state: SendingState
  readonly nonce: number | undefined
  /** Every transaction that was ever signed for it, the latest last. */
  readonly transactions: readonly { readonly raw: `0x${string}`; readonly hash: `0x${string}` }[]
  readonly block: number | undefined
  readonly blockHash: string | undefined
  /** Why it waits or was refused: a stable code. */
  readonly note: string | undefined
  readonly sentAt: number | undefined
}

export type Share = { readonly member: number; readonly signature: string }

export type Outbox = {
  addShare(epoch: number, share: Share): void
  shares(epoch: number): readonly Share[]
  addCertificate(epoch: number, certificate: Certificate): void
  certificate(epoch: number): Certificate | undefined
  certificates(): readonly { readonly epoch: number; readonly certificate: Certificate }[]
  /** A second one of the same key changes nothing. */
  addSending(key: string, payload: Json): void
  sending(key: string): Sending | undefined
  sendings(prefix: string): readonly Sending[]
  save(sending: Sending): void
  /** First block whose logs have not been taken in. */
  cursor(): number
  moveCursor(block: number): void
  close(): void
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS shares (epoch INTEGER, member INTEGER, signature TEXT NOT NULL, PRIMARY KEY (epoch, member)) STRICT;
  CREATE TABLE IF NOT EXISTS certificates (epoch INTEGER PRIMARY KEY, certificate TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS sendings (key TEXT PRIMARY KEY, position INTEGER NOT NULL, sending TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS cursor (id INTEGER PRIMARY KEY CHECK (id = 0), block INTEGER NOT NULL) STRICT;
`

export function openOutbox(file: string): Outbox {
  const db = new DatabaseSync(file)
  try {
    db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=2000;')
    db.exec(SCHEMA)
  } catch (cause) {
    db.close()
    throw new Fault('outbox-store-failed', { file }, { cause })
  }
  const rows = (sql: string, ...values: SQLInputValue[]) => db.prepare(sql).all(...values)
  const row = (sql: string, ...values: SQLInputValue[]) => db.prepare(sql).get(...values)
  const run = (sql: string, ...values: SQLInputValue[]): void => {
    db.prepare(sql).run(...values)
  }
  return {
    addShare: (epoch, { member, signature }) =>
      run('INSERT OR IGNORE INTO shares VALUES (?, ?, ?)', epoch, member, signature),
    shares: (epoch) =>
      rows('SELECT member, signature FROM shares WHERE epoch = ? ORDER BY member', epoch).map((found) => ({
        member: Number(found.member),
        signature: String(found.signature),
      })),
    addCertificate: (epoch, certificate) =>
      run('INSERT OR IGNORE INTO certificates VALUES (?, ?)', epoch, encode(certificate)),
    certificate: (epoch) => {
      const found = row('SELECT certificate FROM certificates WHERE epoch = ?', epoch)
      return found === undefined ? undefined : (JSON.parse(String(found.certificate)) as Certificate)
    },
    certificates: () =>
      rows('SELECT epoch, certificate FROM certificates ORDER BY epoch').map((found) => ({
        epoch: Number(found.epoch),
        certificate: JSON.parse(String(found.certificate)) as Certificate,
      })),
    addSending: (key, payload) => {
      const empty = { key, payload, state: 'waiting', transactions: [] }
      run('INSERT OR IGNORE INTO sendings VALUES (?, (SELECT COUNT(*) FROM sendings), ?)', key, JSON.stringify(empty))
    },
    sending: (key) => {
      const found = row('SELECT sending FROM sendings WHERE key = ?', key)
      return found === undefined ? undefined : read(found.sending)
    },
    sendings: (prefix) =>
      rows('SELECT sending FROM sendings WHERE substr(key, 1, ?) = ? ORDER BY position', prefix.length, prefix).map(
        (found) => read(found.sending),
      ),
    save: (sending) => run('UPDATE sendings SET sending = ? WHERE key = ?', JSON.stringify(sending), sending.key),
    cursor: () => Number(row('SELECT block FROM cursor WHERE id = 0')?.block ?? 0),
    moveCursor: (block) =>
      run('INSERT INTO cursor VALUES (0, ?) ON CONFLICT (id) DO UPDATE SET block = excluded.block', block),
    close: () => db.close(),
  }
}

function read(text: unknown): Sending {
  const { key, payload, state, nonce, transactions, block, blockHash, note, sentAt } = JSON.parse(
    String(text),
  ) as Sending
  return { key, payload, state, nonce, transactions, block, blockHash, note, sentAt }
}
