/**
 * What a measurement looks like, and the little arithmetic that all of them need.
 *
 * A figure stands beside its baseline, measured in the same run, and a goal is a ratio of the two: absolute
 * figures drift from machine to machine. Nothing is rounded in our favour and nothing is left out.
 */
export type Measure = {
  readonly what: string
  /** With its unit. */
  readonly figure: string
  readonly baseline?: string
  readonly ratio?: number
  readonly goal?: { readonly at: 'least' | 'most'; readonly ratio: number }
  readonly note?: string
}

export type Bench = {
  readonly name: string
  /** One sentence: what is measured, and beside what. */
  readonly about: string
  readonly run: (say: (measure: Measure) => void) => Promise<void>
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The smallest value that at least that share of all values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const ascending = values.toSorted((a, b) => a - b)
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? Number.NaN
}

/** Milliseconds that the work took. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Milliseconds by the clock, and of all cores together: on a busy machine the second says more. */
export type Spent = { readonly wall: number; readonly cpu: number }

export function stopwatch(): () => Spent {
  const [start, before] = [performance.now(), process.cpuUsage()]
  return () => {
    const { user, system } = process.cpuUsage(before)
    return { wall: performance.now() - start, cpu: (user + system) / 1000 }
  }
}

export function perSecond(count: number, ms: number): number {
  return (count / ms) * 1000
}

export function rate(value: number): string {
  return `${Math.round(value).toLocaleString('en-GB')}/s`
}

export function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} ms`
}

export function us(value: number): string {
  return `${value.toFixed(1)} µs`
}
