import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as after } from 'node:timers/promises'
import { startClerk, type Trouble } from '../../../runtime/clerk/duty.ts'

test('a duty that fails is reported, and tried again at the next beat', async () => {
  const troubles: Trouble[] = []
  let rounds = 0
  const run = async (): Promise<boolean> => {
    rounds += 1
    if (rounds < 3) throw new Error(`round ${rounds}`)
    return false
  }
  const clerk = startClerk([{ name: 'close-epochs', run }], 5, (trouble) => troubles.push(trouble))
  while (rounds < 4) await after(2)
  await clerk.stop()
  assert.deepEqual(
    troubles.map(({ duty, cause }) => [duty, (cause as Error).message]),
    [
      ['close-epochs', 'round 1'],
      ['close-epochs', 'round 2'],
    ],
  )
})

test('duties do not wait for each other', async () => {
  const stuck = Promise.withResolvers<boolean>()
  let rounds = 0
  const clerk = startClerk(
    [
      { name: 'stuck', run: () => stuck.promise },
      {
        name: 'busy',
        run: async () => {
          rounds += 1
          return false
        },
      },
    ],
    1,
    () => {},
  )
  while (rounds < 3) await after(2)
  stuck.resolve(false)
  await clerk.stop()
})

test('after something was written it looks again at once', async () => {
  let rounds = 0
  const seen = Promise.withResolvers<void>()
  const run = async (): Promise<boolean> => {
    rounds += 1
    if (rounds === 3) seen.resolve()
    return true
  }
  const clerk = startClerk([{ name: 'writer', run }], 60_000, () => {})
  await seen.promise
  await clerk.stop()
})

test('stopping waits for the round that runs, and begins no other', async () => {
  const began = Promise.withResolvers<void>()
  const going = Promise.withResolvers<boolean>()
  let rounds = 0
  const run = (): Promise<boolean> => {
    rounds += 1
    began.resolve()
    return going.promise
  }
  const clerk = startClerk([{ name: 'slow', run }], 1, () => {})
  await began.promise
  let stopped = false
  const stopping = clerk.stop().then(() => {
    stopped = true
  })
  await after(20)
  assert.equal(stopped, false)
  going.resolve(true)
  await stopping
  assert.equal(rounds, 1)
})

test('a duty is well from its first round that ends well until one fails', async () => {
  const steps: PromiseWithResolvers<boolean>[] = [Promise.withResolvers(), Promise.withResolvers()]
  let round = 0
  const began = Promise.withResolvers<void>()
  const clerk = startClerk(
    [
      {
        name: 'observe-chain',
        run: () => {
          if (round === 1) began.resolve()
          return steps[Math.min(round++, 1)]!.promise
        },
      },
      { name: 'other', run: async () => false },
    ],
    1,
    () => {},
  )
  await after(5)
  assert.deepEqual(clerk.unwell(), ['observe-chain'])
  steps[0]!.resolve(false)
  await began.promise
  assert.deepEqual(clerk.unwell(), [])
  steps[1]!.reject(new Error('no chain'))
  await after(5)
  assert.deepEqual(clerk.unwell(), ['observe-chain'])
  await clerk.stop()
})
