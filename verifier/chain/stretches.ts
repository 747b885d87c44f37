/**
 * Blocks asked for a stretch at a time. An endpoint also refuses a stretch that holds too many logs, and anybody may
 * write logs: then its halves are asked for, down to one block, so that whoever floods a contract makes reading slower
 * and does not end it.
 */
import { BaseError, HttpRequestError, TimeoutError } from 'viem'

/** Most blocks asked for in one call: public endpoints refuse longer stretches. */
const STRETCH = 2_000

/** @param onStretch called with the last block of each stretch that was read */
export async function inStretches<T>(
  from: number,
  to: number,
  ask: (from: number, to: number) => Promise<readonly T[]>,
  onStretch?: (end: number) => void,
): Promise<readonly T[]> {
  const all: T[] = []
  for (let start = from; start <= to; start += STRETCH) {
    const end = Math.min(to, start + STRETCH - 1)
    for (const item of await inHalves(start, end, ask)) all.push(item)
    onStretch?.(end)
  }
  return all
}

async function inHalves<T>(
  from: number,
  to: number,
  ask: (from: number, to: number) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  try {
    return await ask(from, to)
  } catch (cause) {
    if (from === to || !isAnswer(cause)) throw cause
    const middle = Math.floor((from + to) / 2)
    return [...(await inHalves(from, middle, ask)), ...(await inHalves(middle + 1, to, ask))]
  }
}

/** Whether the endpoint said no, as against saying nothing: who cannot be reached is not asked for less. */
function isAnswer(cause: unknown): boolean {
  if (!(cause instanceof BaseError)) return false
  const silent = cause.walk(
    (one) => one instanceof TimeoutError || (one instanceof HttpRequestError && one.status === undefined),
  )
  return silent === null
}
