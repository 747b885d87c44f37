import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test from 'node:test'
import * as fc from 'fast-check'
import { MerkleTree } from 'merkletreejs'
import { equal, hex } from '../../../protocol/wire/bytes.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import * as Merkle from '../../../protocol/wire/merkle.ts'
import { hash } from '../../../protocol/wire/sha256.ts'

fc.configureGlobal({ seed: 6962 })

const entry = fc.uint8Array({ minLength: 32, maxLength: 32 })
const entries = fc.uniqueArray(entry, { selector: hex, minLength: 1, maxLength: 40 })
const numbered = (size: number): Uint8Array[] => Array.from({ length: size }, (_, i) => hash(Uint8Array.of(i, i >> 8)))
const faults = (code: string) => (thrown: unknown) => thrown instanceof Fault && thrown.code === code

/** merkletreejs moves the lone node up by itself; the prefixes have to be handed in. */
function otherTree(list: readonly Uint8Array[]): MerkleTree {
  const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
    const state = createHash('sha256')
    for (const part of parts) state.update(part)
    return state.digest()
  }
  const leaves = list.map((item) => sha256(Uint8Array.of(0), item))
  return new MerkleTree(leaves, (pair: Buffer) => sha256(Uint8Array.of(1), pair))
}

function flatOf(list: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(list))
}

/** Every input of a proof with one bit turned. */
function* flipped(parts: readonly Uint8Array[]): Generator<readonly Uint8Array[]> {
  for (const [i, part] of parts.entries()) {
    for (let bit = 0; bit < part.length * 8; bit += 17) {
      const turned = part.slice()
      turned[bit >> 3]! ^= 1 << (bit & 7)
      yield parts.with(i, turned)
    }
  }
}

test('roots and proofs equal those of merkletreejs with a prefixing hash', () => {
  for (const size of [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 64, 65, 100]) {
    const list = numbered(size)
    const other = otherTree(list)
    assert.equal(hex(Merkle.root(list)), hex(other.getRoot()), `root of ${size}`)
    for (let index = 0; index < size; index++) {
      const expected = other.getProof(hex(Merkle.leaf(list[index]!)), index).map(({ data }) => hex(data))
      assert.deepEqual(Merkle.inclusionProof(list, index).map(hex), expected, `proof of ${index} in ${size}`)
    }
  }
})

test('the flat builder, the frontier and the list give one root at every size', () => {
  const list = numbered(70)
  const frontier = Merkle.emptyFrontier()
  for (let size = 0; size <= list.length; size++) {
    const expected = Merkle.root(list.slice(0, size))
    assert.ok(equal(Merkle.frontierRoot(frontier), expected))
    assert.ok(equal(Merkle.rootOfFlat(flatOf(list.slice(0, size))), expected))
    assert.equal(frontier.size, size)
    if (size < list.length) Merkle.append(frontier, list[size]!)
  }
})

test('asking a frontier for its root does not disturb it', () => {
  const [once, often] = [Merkle.emptyFrontier(), Merkle.emptyFrontier()]
  for (const item of numbered(40)) {
    Merkle.append(once, item)
    Merkle.append(often, item)
    Merkle.frontierRoot(often)[0]! ^= 0xff
  }
  assert.ok(equal(Merkle.frontierRoot(once), Merkle.frontierRoot(often)))
})

test('a frontier that was copied goes on alone', () => {
  const frontier = Merkle.emptyFrontier()
  for (const item of numbered(13)) Merkle.append(frontier, item)
  const copy = structuredClone(frontier)
  const before = Merkle.frontierRoot(copy)
  for (const item of numbered(13)) Merkle.append(frontier, item)
  assert.ok(equal(Merkle.frontierRoot(copy), before))
  for (const item of numbered(13)) Merkle.append(copy, item)
  assert.ok(equal(Merkle.frontierRoot(copy), Merkle.frontierRoot(frontier)))
})

test('every entry is shown to be where it is, and nowhere else', () => {
  fc.assert(
    fc.property(entries, (list) => {
      const root = Merkle.root(list)
      for (let index = 0; index < list.length; index++) {
        const path = Merkle.inclusionProof(list, index)
        assert.ok(Merkle.verifyInclusion(list[index]!, index, list.length, path, root))
        for (let other = -1; other <= list.length; other++) {
          if (other === index) continue
          assert.ok(!Merkle.verifyInclusion(list[index]!, other, list.length, path, root), `${index} as ${other}`)
        }
      }
    }),
    { numRuns: 30 },
  )
})

test('an inclusion proof with any bit turned, cut or lengthened is refused', () => {
  fc.assert(
    fc.property(entries, fc.nat(), (list, pick) => {
      const index = pick % list.length
      const path = Merkle.inclusionProof(list, index)
      const root = Merkle.root(list)
      for (const [item, expected, ...nodes] of flipped([list[index]!, root, ...path])) {
        assert.ok(!Merkle.verifyInclusion(item!, index, list.length, nodes, expected!))
      }
      const refused = (nodes: readonly Uint8Array[]): void =>
        assert.ok(!Merkle.verifyInclusion(list[index]!, index, list.length, nodes, root))
      for (let i = 0; i < path.length; i++) refused(path.toSpliced(i, 1))
      for (let i = 0; i <= path.length; i++) refused(path.toSpliced(i, 0, root))
      if (path.length > 0) refused(path.with(0, path[0]!.subarray(0, 31)))
      if (path.length > 1) refused([flatOf(path)])
    }),
    { numRuns: 40 },
  )
})

test('a leaf or a node is not taken for an entry', () => {
  const list = numbered(4)
  const root = Merkle.root(list)
  const [n01, n23] = [
    Merkle.node(Merkle.leaf(list[0]!), Merkle.leaf(list[1]!)),
    Merkle.node(Merkle.leaf(list[2]!), Merkle.leaf(list[3]!)),
  ]
  assert.ok(!Merkle.verifyInclusion(n01, 0, 2, [n23], root))
  assert.ok(!Merkle.verifyInclusion(Merkle.leaf(list[0]!), 0, 4, Merkle.inclusionProof(list, 0), root))
  assert.notEqual(hex(Merkle.root([n01, n23])), hex(root))
})

test('repeating the last entry changes the root', () => {
  for (const size of [1, 2, 3, 5, 6, 7]) {
    const list = numbered(size)
    assert.notEqual(hex(Merkle.root([...list, list.at(-1)!])), hex(Merkle.root(list)))
  }
})

test('every earlier size is shown to be the beginning of every later one', () => {
  const list = numbered(34)
  const roots = list.map((_, i) => Merkle.root(list.slice(0, i + 1)))
  const rootAt = (size: number): Uint8Array => (size === 0 ? Merkle.root([]) : roots[size - 1]!)
  for (let newSize = 0; newSize <= list.length; newSize++) {
    for (let oldSize = 0; oldSize <= newSize; oldSize++) {
      const path = Merkle.consistencyProof(list.slice(0, newSize), oldSize)
      const [oldRoot, newRoot] = [rootAt(oldSize), rootAt(newSize)]
      assert.ok(Merkle.verifyConsistency(oldSize, newSize, oldRoot, newRoot, path), `${oldSize} to ${newSize}`)
      if (oldSize === newSize) continue
      assert.ok(!Merkle.verifyConsistency(newSize, oldSize, newRoot, oldRoot, path))
      assert.ok(!Merkle.verifyConsistency(oldSize, newSize, newRoot, newRoot, path))
      if (oldSize === 0) continue
      assert.ok(!Merkle.verifyConsistency(oldSize, newSize, oldRoot, oldRoot, path))
    }
  }
})

test('a consistency proof with any bit turned, cut or lengthened is refused', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (newSize, pick) => {
      const list = numbered(newSize)
      const oldSize = 1 + (pick % newSize)
      const path = Merkle.consistencyProof(list, oldSize)
      const [oldRoot, newRoot] = [Merkle.root(list.slice(0, oldSize)), Merkle.root(list)]
      for (const [from, to, ...nodes] of flipped([oldRoot, newRoot, ...path])) {
        assert.ok(!Merkle.verifyConsistency(oldSize, newSize, from!, to!, nodes))
      }
      const refused = (nodes: readonly Uint8Array[]): void =>
        assert.ok(!Merkle.verifyConsistency(oldSize, newSize, oldRoot, newRoot, nodes))
      for (let i = 0; i < path.length; i++) refused(path.toSpliced(i, 1))
      for (let i = 0; i <= path.length; i++) refused(path.toSpliced(i, 0, oldRoot))
    }),
    { numRuns: 60 },
  )
})

test('an entry of a rewritten past is noticed', () => {
  const list = numbered(20)
  const rewritten = list.with(4, list[5]!)
  const path = Merkle.consistencyProof(rewritten, 11)
  assert.ok(!Merkle.verifyConsistency(11, 20, Merkle.root(list.slice(0, 11)), Merkle.root(rewritten), path))
})

test('a proof for a larger tree is none for a smaller one, nor the other way round', () => {
  const list = numbered(8)
  const [root2, root8] = [Merkle.root(list.slice(0, 2)), Merkle.root(list)]
  assert.ok(!Merkle.verifyInclusion(list[0]!, 0, 1, Merkle.inclusionProof(list.slice(0, 2), 0), root2))
  assert.ok(!Merkle.verifyInclusion(list[1]!, 0, 1, Merkle.inclusionProof(list.slice(0, 2), 1), root2))
  assert.ok(!Merkle.verifyInclusion(list[0]!, 0, 16, Merkle.inclusionProof(list, 0), root8))
  const [root4, path] = [Merkle.root(list.slice(0, 4)), Merkle.consistencyProof(list, 4)]
  assert.ok(Merkle.verifyConsistency(4, 8, root4, root8, path))
  assert.ok(!Merkle.verifyConsistency(4, 16, root4, root8, path))
  assert.ok(!Merkle.verifyConsistency(4, 5, root4, root8, [...path, ...path]))
})

test('nothing is the beginning of everything, and needs no path', () => {
  const root = Merkle.root(numbered(3))
  assert.ok(Merkle.verifyConsistency(0, 3, Merkle.root([]), root, []))
  assert.ok(!Merkle.verifyConsistency(0, 3, Merkle.root([]), root, [root]))
  assert.ok(!Merkle.verifyConsistency(0, 3, root, root, []))
})

test('a consistency proof with a node of another length is refused, not thrown at', () => {
  const list = numbered(7)
  const path = Merkle.consistencyProof(list, 5)
  const [from, to] = [Merkle.root(list.slice(0, 5)), Merkle.root(list)]
  for (const [i, step] of path.entries()) {
    for (const wrong of [step.subarray(1), new Uint8Array([...step, 0]), new Uint8Array(0)]) {
      assert.ok(!Merkle.verifyConsistency(5, 7, from, to, path.with(i, wrong)))
    }
  }
  assert.ok(!Merkle.verifyConsistency(7, 7, to.subarray(1), to.subarray(1), []))
})

test('verifiers answer false to sizes and positions that are no whole numbers', () => {
  const list = numbered(3)
  const root = Merkle.root(list)
  const path = Merkle.inclusionProof(list, 1)
  for (const size of [0, -1, 1, 2.5, NaN, Infinity, 2 ** 53]) {
    assert.ok(!Merkle.verifyInclusion(list[1]!, 1, size, path, root), `size ${size}`)
    assert.ok(!Merkle.verifyConsistency(3, size, root, root, []), `new size ${size}`)
  }
  for (const index of [-1, 0.5, 3, NaN, -0.1]) {
    assert.ok(!Merkle.verifyInclusion(list[1]!, index, 3, path, root), `index ${index}`)
  }
  assert.ok(!Merkle.verifyInclusion(list[1]!.subarray(1), 1, 3, path, root))
  assert.ok(!Merkle.verifyInclusion(list[1]!, 1, 3, path, root.subarray(1)))
})

test('proofs of trees beyond 32 bits of size are walked exactly', () => {
  const size = 2 ** 40 + 1
  const item = numbered(1)[0]!
  const neighbour = numbered(2)[1]!
  const root = Merkle.node(neighbour, Merkle.leaf(item))
  assert.ok(Merkle.verifyInclusion(item, size - 1, size, [neighbour], root))
  assert.ok(!Merkle.verifyInclusion(item, size - 2, size, [neighbour], root))
})

test('asking for what is not there is a fault', () => {
  const list = numbered(3)
  for (const index of [-1, 3, 0.5, NaN]) {
    assert.throws(() => Merkle.inclusionProof(list, index), faults('merkle-out-of-range'))
  }
  for (const size of [-1, 4, 1.5]) {
    assert.throws(() => Merkle.consistencyProof(list, size), faults('merkle-out-of-range'))
  }
  for (const wrong of [new Uint8Array(31), new Uint8Array(33)]) {
    assert.throws(() => Merkle.root([wrong]), faults('merkle-entry-not-32-bytes'))
    assert.throws(() => Merkle.leaf(wrong), faults('merkle-entry-not-32-bytes'))
    assert.throws(() => Merkle.rootOfFlat(wrong), faults('merkle-entry-not-32-bytes'))
  }
  assert.throws(() => Merkle.append(Merkle.emptyFrontier(), new Uint8Array(40), 9), faults('merkle-entry-not-32-bytes'))
})
