/**
 * What is on its way to the chain, on disk: certificate shares, certificates, and every call with its transactions.
 *
 * None of it is truth: shares and certificates verify by themselves, and the chain says what arrived. But a
 * transaction is written down before it is broadcast, so that after a kill nothing is sent twice under two nonces.
 *
 * Each write is one SQLite transaction with synchronous=FULL; when a method returns, it is on disk.
 *
 *     waiting ─▶ submitted ─▶ included ─▶ safe ─▶ final
 *        ▲           ▲  │          │        │
 *        └───────────┼──┘          │        │      back to waiting: another took the nonce, in a final block
 *                    └── orphaned ─┴────────┘      refused: the call would revert for ever; said so and left alone
 */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { encode, type Json } from '../../protocol/wire/canonical-json.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Certificate } from '../../protocol/wire/certificate.ts'

export const SENDING_STATES = ['waiting', 'submitted', 'included', 'safe', 'final', 'refused'] as const

export type SendingState = (typeof SENDING_STATES)[number]

export type SentTransaction = {
  readonly raw: `0x${string}`
  readonly hash: `0x${string}`
  /** Wei per gas, decimal. */
  readonly maxFeePerGas: string
  readonly maxPriorityFeePerGas: string
  /** It does nothing but use up its nonce: a call that would revert by now had taken it. */
  readonly empty: boolean
}

/** A block in which something was seen, to be recognized again. */
export type SeenBlock = { readonly number: number; readonly hash: string }

/** `key` names what is sent, once and for all: `epoch:7`, or `approval:<digest>:<attempt>:<wallet>`. */
export type Sending = {
  readonly key: string
  readonly payload: Json
  readonly state: SendingState
  /** Of its latest transaction, as long as one of its transactions could still be mined. */
  readonly nonce: number | undefined
  /** Every transaction that was ever signed for it, the latest last. */
  readonly transactions: readonly SentTransaction[]
  readonly block: number | undefined
  readonly blockHash: string | undefined
  /** Why it waits or was refused: a stable code. */
  readonly note: string | undefined
  /** When its latest transaction was signed, in milliseconds since 1970. */
  readonly sentAt: number | undefined
  /** The block at which its nonce was first seen used, though none of its transactions had succeeded. */
  readonly passed: SeenBlock | undefined
}

export type Share = { readonly member: number; readonly signature: string }

export type Outbox = {
  /** A member's later share takes the place of their earlier one: their key may be another by now. */
  putShare(epoch: number, share: Share): void
  shares(epoch: number): readonly Share[]
  putCertificate(epoch: number, certificate: Certificate): void
  certificate(epoch: number): Certificate | undefined
  certificates(): readonly { readonly epoch: number; readonly certificate: Certificate }[]
  /** A second one of the same key changes nothing, unless the first was refused: then it begins anew. */
  addSending(key: string, payload: Json): void
  sending(key: string): Sending | undefined
  sendings(prefix: string): readonly Sending[]
  /** Those that are neither final nor refused, oldest first. */
  unfinished(): readonly Sending[]
  save(sending: Sending): void
  /** First block whose logs have not been taken in. */
  cursor(): number
  moveCursor(block: number): void
  /** Repeatable. */
  close(): void
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS shares (epoch INTEGER, member INTEGER, signature TEXT NOT NULL, PRIMARY KEY (epoch, member)) STRICT;
  CREATE TABLE IF NOT EXISTS certificates (epoch INTEGER PRIMARY KEY, certificate TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS sendings (
    position INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, state TEXT NOT NULL, sending TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS unfinished ON sendings (position) WHERE state NOT IN ('final', 'refused');
  CREATE TABLE IF NOT EXISTS cursor (id INTEGER PRIMARY KEY CHECK (id = 0), block INTEGER NOT NULL) STRICT;
`

export function openOutbox(file: string): Outbox {
  const db = opened(file)
  const rows = (sql: string, ...values: SQLInputValue[]) => db.prepare(sql).all(...values)
  const row = (sql: string, ...values: SQLInputValue[]) => db.prepare(sql).get(...values)
  const run = (sql: string, ...values: SQLInputValue[]): void => {
    db.prepare(sql).run(...values)
  }
  return {
    putShare: (epoch, { member, signature }) =>
      run('INSERT OR REPLACE INTO shares VALUES (?, ?, ?)', epoch, member, signature),
    shares: (epoch) =>
      rows('SELECT member, signature FROM shares WHERE epoch = ? ORDER BY member', epoch).map((found) => ({
        member: Number(found.member),
        signature: String(found.signature),
      })),
    putCertificate: (epoch, certificate) =>
      run('INSERT OR REPLACE INTO certificates VALUES (?, ?)', epoch, encode(certificate)),
    certificate: (epoch) => {
      const found = row('SELECT certificate FROM certificates WHERE epoch = ?', epoch)
      return found === undefined ? undefined : (JSON.parse(String(found.certificate)) as Certificate)
    },
    certificates: () =>
      rows('SELECT epoch, certificate FROM certificates ORDER BY epoch').map((found) => ({
        epoch: Number(found.epoch),
        certificate: JSON.parse(String(found.certificate)) as Certificate,
      })),
    addSending: (key, payload) =>
      run(
        `INSERT INTO sendings (key, state, sending) VALUES (?, 'waiting', ?)
         ON CONFLICT (key) DO UPDATE SET state = excluded.state, sending = excluded.sending WHERE state = 'refused'`,
        key,
        JSON.stringify({ key, payload, state: 'waiting', transactions: [] }),
      ),
    sending: (key) => {
      const found = row('SELECT sending FROM sendings WHERE key = ?', key)
      return found === undefined ? undefined : read(found.sending)
    },
    sendings: (prefix) =>
      rows('SELECT sending FROM sendings WHERE substr(key, 1, ?) = ? ORDER BY position', prefix.length, prefix).map(
        (found) => read(found.sending),
      ),
    unfinished: () =>
      rows(`SELECT sending FROM sendings WHERE state NOT IN ('final', 'refused') ORDER BY position`).map((found) =>
        read(found.sending),
      ),
    save: (sending) =>
      run(
        'UPDATE sendings SET state = ?, sending = ? WHERE key = ?',
        sending.state,
        JSON.stringify(sending),
        sending.key,
      ),
    cursor: () => Number(row('SELECT block FROM cursor WHERE id = 0')?.block ?? 0),
    moveCursor: (block) =>
      run('INSERT INTO cursor VALUES (0, ?) ON CONFLICT (id) DO UPDATE SET block = excluded.block', block),
    close: () => {
      if (db.isOpen) db.close()
    },
  }
}

function opened(file: string): DatabaseSync {
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(file)
    db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=2000;')
    db.exec(SCHEMA)
    return db
  } catch (cause) {
    db?.close()
    throw new Fault('outbox-store-failed', { file }, { cause })
  }
}

function read(text: unknown): Sending {
  const { key, payload, state, nonce, transactions, block, blockHash, note, sentAt, passed } = JSON.parse(
    String(text),
  ) as Sending
  return { key, payload, state, nonce, transactions, block, blockHash, note, sentAt, passed }
}
