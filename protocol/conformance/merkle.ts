/** Merkle trees, trees of records, commitment records (spec 2.1, 2.3). */
import { hex } from '../wire/bytes.ts'
import { encodeBytes, type Json } from '../wire/canonical-json.ts'
import { commitmentHash, parseCommitment } from '../wire/commitment.ts'
import * as Merkle from '../wire/merkle.ts'
import { recordTree } from '../wire/record-tree.ts'
import { digestHex } from '../wire/sha256.ts'
import {
  booleanAt,
  bytesAt,
  bytesOf,
  firstOf,
  numberAt,
  recordsAt,
  same,
  textAt,
  textsAt,
  type Check,
  type Suite,
  type Vector,
  type VectorFile,
} from './suite.ts'

export const merkle: Suite = {
  roots: (vector, file) => {
    const entries = firstEntries(file, numberAt(vector, 'n'))
    const flat = new Uint8Array(entries.length * 32)
    for (const [i, entry] of entries.entries()) flat.set(entry, i * 32)
    const expected = textAt(vector, 'root')
    return firstOf(
      same('root', expected, hex(Merkle.root(entries))),
      same('flat root', expected, hex(Merkle.rootOfFlat(flat))),
    )
  },

  inclusion_proofs: (vector, file) => {
    const entries = firstEntries(file, numberAt(vector, 'n'))
    return same('path', textsAt(vector, 'path'), Merkle.inclusionProof(entries, numberAt(vector, 'index')).map(hex))
  },

  verify_inclusion: (vector) => {
    const accepted = Merkle.verifyInclusion(
      bytesAt(vector, 'entry'),
      numberAt(vector, 'index'),
      numberAt(vector, 'size'),
      pathOf(vector),
      bytesAt(vector, 'root'),
    )
    return same('accept', booleanAt(vector, 'accept'), accepted)
  },

  consistency_proofs: (vector, file) => {
    const [oldSize, newSize] = [numberAt(vector, 'old_size'), numberAt(vector, 'new_size')]
    const [oldRoot, newRoot] = [bytesAt(vector, 'old_root'), bytesAt(vector, 'new_root')]
    const entries = firstEntries(file, newSize)
    return firstOf(
      same('path', textsAt(vector, 'path'), Merkle.consistencyProof(entries, oldSize).map(hex)),
      same('old root', hex(oldRoot), hex(Merkle.root(entries.slice(0, oldSize)))),
      same('new root', hex(newRoot), hex(Merkle.root(entries))),
      same('accept', true, Merkle.verifyConsistency(oldSize, newSize, oldRoot, newRoot, pathOf(vector))),
    )
  },

  record_trees: checkRecordTree,
  integer_record_trees: checkRecordTree,

  equal_tuple_keys: (vector) => {
    const answer = recordTree(jsonRecords(vector)).ok ? 'accept' : 'reject'
    return same('recommended', textAt(vector, 'recommended'), answer)
  },

  commitment_record_hash_chain: (vector) => {
    const record = parseCommitment(vector['record'])
    if (!record.ok) return same('accept', true, record.error.code)
    return firstOf(
      same('canonical_hex', textAt(vector, 'canonical_hex'), hex(encodeBytes(record.value))),
      same('commitment_hash', textAt(vector, 'commitment_hash'), digestHex(commitmentHash(record.value))),
    )
  },

  commitment_record_schema: (vector) =>
    same('accept', booleanAt(vector, 'accept'), parseCommitment(vector['record']).ok),
}

function checkRecordTree(vector: Vector): ReturnType<Check> {
  const tree = recordTree(jsonRecords(vector))
  if (!tree.ok) return same('accept', true, tree.error.code)
  return firstOf(
    same(
      'order',
      textsAt(vector, 'order'),
      tree.value.ordered.map((record) => record.event_id),
    ),
    same('entries', textsAt(vector, 'entries'), tree.value.entries.map(hex)),
    same('root', textAt(vector, 'root'), hex(tree.value.root)),
  )
}

/** The list of entries that the cases of a file share, read once. */
const shared = new WeakMap<VectorFile, readonly Uint8Array[]>()

function firstEntries(file: VectorFile, count: number): readonly Uint8Array[] {
  const known = shared.get(file) ?? textsAt(file, 'entries').map((entry) => bytesOf(entry, 'entries'))
  shared.set(file, known)
  return known.slice(0, count)
}

function pathOf(vector: Vector): readonly Uint8Array[] {
  return textsAt(vector, 'path').map((node) => bytesOf(node, 'path'))
}

function jsonRecords(vector: Vector): readonly { readonly [key: string]: Json }[] {
  return recordsAt(vector, 'records') as readonly { readonly [key: string]: Json }[]
}
