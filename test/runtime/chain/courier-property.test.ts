/** Whatever a chain does, in whatever order: each deed is done once, and nothing is shown further than it is. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { callOf } from '../../support/chain/deeds.ts'
import { courierBench, requireHonest, requireOnce, type Bench } from './errands.ts'

type Happening = (bench: Bench) => void
type Named = { readonly name: string; readonly act: Happening }

/** A counterexample reads as its names. */
function told({ name, act }: Named): Named {
  return { name, act, [fc.toStringMethod]: () => name } as Named
}

function one(named: Named): fc.Arbitrary<Named> {
  return fc.constant(named)
}

const DEEDS = ['epoch:0', 'approval:a', 'epoch:1', 'approval:b', 'epoch:2']

/** Fails where it does not apply: a reorganization below a final block is none. */
function reorg(depth: number, transactions: 'wait' | 'gone'): Happening {
  return ({ chain }) => {
    const { latest, finalized } = chain.heads()
    const possible = Math.min(depth, latest.number - finalized.number)
    if (possible > 0) chain.reorg(possible, transactions)
  }
}

const happening = fc.oneof(
  { weight: 6, arbitrary: one({ name: 'block', act: ({ chain }) => chain.mine() }) },
  { weight: 3, arbitrary: one({ name: 'half a minute', act: (bench) => bench.wait(30_000) }) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 2 }), fc.constantFrom('wait' as const, 'gone' as const))
      .map((way): Named => ({
        name: `reorg ${way.join(' ')}`,
        act: reorg(...way),
      })),
  },
  { weight: 1, arbitrary: one({ name: 'drop', act: ({ chain }) => chain.drop() }) },
  { weight: 1, arbitrary: one({ name: 'foreign', act: ({ chain }) => chain.foreign() }) },
  { weight: 2, arbitrary: one({ name: 'restart', act: (bench) => bench.restart() }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(5n, 10n, 40n, 2_000n).map((fee): Named => ({
      name: `fee ${fee}`,
      act: ({ chain }) => {
        chain.baseFee = fee
      },
    })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom('heads' as const, 'nonce' as const, 'sign' as const, 'broadcast' as const, 'receipt' as const),
        fc.constantFrom('not-persisted' as const, 'persisted' as const),
      )
      .map(([method, failure]): Named => ({
        name: `${method} fails ${failure}`,
        act: ({ chain }) => chain.fail(method, failure),
      })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('not-persisted' as const, 'persisted' as const).map((failure): Named => ({
      name: `write fails ${failure}`,
      act: (bench) => bench.outbox.failSave(failure),
    })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...DEEDS).map((deed): Named => ({
      name: `others do ${deed}`,
      act: ({ chain }) => {
        if (!chain.state().done.has(deed)) chain.callByOthers(callOf(deed))
      },
    })),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...DEEDS)
      .map((deed): Named => ({ name: `send ${deed}`, act: (bench) => bench.send(deed) })),
  },
)

test('however a chain misbehaves, and wherever we die, each deed is done once and arrives in the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening.map(told), { minLength: 10, maxLength: 80 }), async (happenings) => {
      const bench = courierBench()
      bench.send(DEEDS[0]!)
      for (const { act } of happenings) {
        act(bench)
        if ((await bench.step()) === undefined) requireHonest(bench)
        requireOnce(bench)
      }
      // The weather clears up.
      bench.chain.heal()
      bench.chain.baseFee = 5n
      for (let i = 0; i < 60 && bench.outbox.unfinished().length > 0; i++) {
        bench.wait(31_000)
        if ((await bench.step()) === undefined) requireHonest(bench)
        bench.chain.mine()
      }
      for (const sending of bench.outbox.sendings('')) assert.equal(sending.state, 'final', JSON.stringify(sending))
      requireOnce(bench)
    }),
    { numRuns: Number(process.env['COURIER_RUNS'] ?? 300), seed: 20261121 },
  )
})
