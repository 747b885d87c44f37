/**
 * Reads what each test runner says about itself at its end. `undefined` where it said nothing: then it did not come to
 * its end, and the stage has failed whatever its exit code.
 */
export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number }

/** What came of a stage. */
export type Outcome = Counts & {
  readonly ms: number
  /** What failed, in the runner's words; empty when nothing did. */
  readonly details: string
  readonly log: string | undefined
}

/** The number in the last match, or `otherwise` where there is none. */
function last(output: string, pattern: RegExp, otherwise: number): number {
  const found = [...output.matchAll(pattern)].at(-1)?.[1]
  return found === undefined ? otherwise : Number(found)
}

/** `ℹ pass 12`, `ℹ fail 0`, `ℹ cancelled 0`, `ℹ skipped 1`, `ℹ todo 0` */
export function countNodeTests(output: string): Counts | undefined {
  const line = (word: string) => last(output, new RegExp(`^. ${word} (\\d+)$`, 'gmu'), Number.NaN)
  const counts = {
    passed: line('pass'),
    failed: line('fail') + line('cancelled'),
    skipped: line('skipped') + line('todo'),
  }
  return Object.values(counts).some(Number.isNaN) ? undefined : counts
}

/** `  12 passing (3s)`, `  1 failing`, `  1 pending`; those with no count are left out. */
export function countMocha(output: string): Counts | undefined {
  const passed = last(output, /^\s+(\d+) passing\b/gm, Number.NaN)
  if (Number.isNaN(passed)) return undefined
  return { passed, failed: last(output, /^\s+(\d+) failing\b/gm, 0), skipped: last(output, /^\s+(\d+) pending\b/gm, 0) }
}

/** Like Mocha's, but with `skipped` for pending. */
export function countSolidity(output: string): Counts | undefined {
  const counts = countMocha(output)
  return counts === undefined ? undefined : { ...counts, skipped: last(output, /^\s+(\d+) skipped\b/gm, 0) }
}

/** `  12 passed (8.1s)`, `  1 failed`, `  1 skipped`, `  1 did not run`, `  1 flaky`, `  1 interrupted` */
export function countPlaywright(output: string): Counts | undefined {
  const line = (word: string) => last(output, new RegExp(`^\\s+(\\d+) ${word}\\b`, 'gm'), Number.NaN)
  const or0 = (count: number) => (Number.isNaN(count) ? 0 : count)
  const [passed, failed] = [line('passed'), line('failed')]
  if (Number.isNaN(passed) && Number.isNaN(failed)) return undefined
  return {
    passed: or0(passed),
    // A test that passed only at the second try has failed once.
    failed: or0(failed) + or0(line('flaky')) + or0(line('interrupted')) + or0(line('did not run')),
    skipped: or0(line('skipped')),
  }
}

/** `31 of 347 mutants tried, 30 killed, 1 survived, 2 equivalent`: a survivor is a failure. */
export function countMutants(output: string): Counts | undefined {
  const found = /^\d+ of \d+ mutants tried, (\d+) killed, (\d+) survived, \d+ equivalent$/m.exec(output)
  return found === null ? undefined : { passed: Number(found[1]), failed: Number(found[2]), skipped: 0 }
}
