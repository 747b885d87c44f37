/**
 * The records of the epoch that is open: per domain the ordering tuple and the hash of every event record, and the
 * draw nonces opened so far. Closing turns them into four roots.
 *
 * Entries of one tree are ordered by (event_type, event_id, event_timestamp, actor_id) as UTF-8 bytes; event ids are
 * unique by construction, so a second record with the same tuple cannot arise.
 *
 * Source: spec 2.1 (Merkle tree), 2.3; readings X3, X4, X5.
 */
import { fromHex } from '../../wire/bytes.ts'
import { root } from '../../wire/merkle.ts'
import { digestBytes, digestOfHash, type Digest } from '../../wire/sha256.ts'
import { DOMAINS, type Domain } from '../constraints/event.ts'

type Leaf = { readonly order: string; readonly hash: string }

export type OpenEpoch = {
  readonly leaves: { readonly [domain in Domain]: Leaf[] }
  readonly nonces: Digest[]
}

export function emptyOpenEpoch(): OpenEpoch {
  return { leaves: { mission: [], trust: [], governance: [], review: [] }, nonces: [] }
}

export function clearOpenEpoch(open: OpenEpoch): void {
  for (const domain of DOMAINS) open.leaves[domain].length = 0
  open.nonces.length = 0
}

/** The tuple's parts hold no NUL, all are ASCII: comparing the joined text compares the tuple as bytes. */
export function orderOf(event: {
  event_type: string
  event_id: string
  event_timestamp: string
  actor_id: string
}): string {
  return `${event.event_type}\0${event.event_id}\0${event.event_timestamp}\0${event.actor_id}`
}

export function rootOf(leaves: readonly Leaf[]): Digest {
  const ordered = leaves.toSorted((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0))
  return digestOfHash(root(ordered.map((leaf) => bytesOf(leaf.hash))))
}

/** Merkle root of the draw nonces opened in the epoch, in order of seq (none: SHA-256 of nothing). */
export function nonceRoot(nonces: readonly Digest[]): Digest {
  return digestOfHash(root(nonces.map((nonce) => digestBytes(nonce))))
}

function bytesOf(hex: string): Uint8Array {
  const bytes = fromHex(hex)
  if (!bytes.ok) throw new TypeError(`not a hash: ${hex}`)
  return bytes.value
}
