/**
 * The same deployment twice: a test that spoils a bench works on a fork of one that many tests begin from.
 *
 *     const base = founded()
 *     const bench = fork(base)     // a state, a clock and nonces of its own
 */
import type { State } from '../../../protocol/genesis.ts'
import { benchOn, type Bench } from './world.ts'

let forks = 0

export function fork(bench: Bench): Bench {
  forks += 1
  return benchOn(copyOf(bench.state), bench.now(), `f${forks}`, [...bench.texts])
}

/** What the genesis entry fixed never changes, so both share it; the rest is copied as deep as it goes. */
export function copyOf(state: State): State {
  const { founded, ...rest } = state
  return { founded, ...structuredClone(rest) }
}
