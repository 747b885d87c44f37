import assert from 'node:assert/strict'
import test from 'node:test'
import * as Id from '../../../protocol/wire/identifiers.ts'
import { digest } from '../../../protocol/wire/sha256.ts'
import { fits, type Shape } from '../../../protocol/wire/shape.ts'

const hexes = (bytes: number): string => 'a0'.repeat(bytes)

function holds(shape: Shape, good: readonly unknown[], bad: readonly unknown[]): void {
  for (const value of good) assert.ok(fits(shape, value), `refused ${String(value)}`)
  for (const value of [...bad, null, {}, ['a']]) assert.ok(!fits(shape, value), `took ${String(value)}`)
}

test('actor ids are short and of plain characters', () => {
  const good = ['a', 'human-7', 'machine:planner.1', 'a_b', '0', 'x'.repeat(64), 'constructor']
  holds(Id.actorId, good, ['', 'x'.repeat(65), 'A', 'a b', 'é', 'a\n', '\na', 'a/b', '__proto__\u0000', 7])
})

test('subject ids may be digests', () => {
  holds(Id.subjectId, ['mission-12', digest('a'), 'x'.repeat(128)], ['', 'x'.repeat(129), 'Mission', 'a\n'])
})

test('event ids have one spelling each, and room for more than a thousand events of one entry', () => {
  const good = ['000000000041-002', '000000000041-999', '000000000041-1000', '000000000041-999999']
  const bad = ['41-2', '000000000041-02', '000000000041-0999', '000000000041-01000', '000000000041-1000000']
  holds(Id.eventId, good, [...bad, '00000000004a-000', '000000000041-000\n'])
})

test('nonces are what can be typed', () => {
  holds(Id.nonce, ['n', 'N-1/{}', '~'.repeat(64)], ['', 'n'.repeat(65), 'a b', 'é', '\u007f', 'a\n'])
})

test('wallets, keys, digests and signatures have one spelling', () => {
  holds(
    Id.walletAddress,
    [`0x${hexes(20)}`],
    [
      hexes(20),
      `0x${hexes(21)}`,
      `0x${hexes(19)}`,
      `0X${hexes(20)}`,
      `0x${hexes(20).toUpperCase()}`,
      `0x${hexes(20)}\n`,
    ],
  )
  holds(Id.keyHex, [hexes(32)], [`0x${hexes(32)}`, hexes(31), hexes(33), hexes(32).toUpperCase()])
  holds(Id.digest, [digest('a')], [hexes(32), `${digest('a')}0`, digest('a').toUpperCase(), `SHA256:${hexes(32)}`])
  holds(Id.ed25519Signature, [hexes(64)], [hexes(63), hexes(65), `0x${hexes(64)}`])
  holds(Id.ecdsaSignature, [`0x${hexes(65)}`], [hexes(65), `0x${hexes(64)}`, `0x${hexes(66)}`])
  holds(Id.hexOf(48), [hexes(48)], [hexes(47), hexes(49), `${hexes(48)}\n`])
})

test('moments and counts are those of the calendar and of safe integers', () => {
  holds(Id.timestamp, ['2026-02-13T09:05:07.042Z'], ['2026-02-29T00:00:00.000Z', '2026-02-13T09:05:07Z', 0])
  holds(Id.millis, [0, 1_770_973_507_042, 253_402_300_799_999], [-1, 0.5, 253_402_300_800_000, '0'])
  holds(Id.safeInteger, [0, -1, 2 ** 53 - 1], [2 ** 53, 0.5, NaN, '1'])
  holds(Id.count, [0, 2 ** 53 - 1], [-1, 0.5])
})
