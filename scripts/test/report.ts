/** What `npm test` shows: one line for each stage, the details of what failed, and the closing line. */
import type { Counts, Outcome } from './counts.ts'
import type { Stage } from './stages.ts'

const MOST_LINES = 200
const REMINDER_MS = 30_000
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

/** Shows what is running now: on a terminal at once, in a log only when it takes long. Call the result to end it. */
export function stillRunning(stage: Stage): () => void {
  const start = Date.now()
  const onTerminal = process.stdout.isTTY
  if (onTerminal) process.stdout.write(`  ${stage.name.padEnd(14)}${stage.about} …`)
  const timer = setInterval(() => {
    if (!onTerminal) console.log(`  ${stage.name.padEnd(14)}running for ${Math.round((Date.now() - start) / 1000)} s`)
  }, REMINDER_MS)
  return () => {
    clearInterval(timer)
    if (onTerminal) process.stdout.write('\r\u001B[K')
  }
}

export function report(stage: Stage, outcome: Outcome): void {
  const counts = stage.count === undefined ? verdict(outcome) : numbers(outcome)
  const mark = outcome.failed === 0 ? '✓' : '✗'
  console.log(`${mark} ${stage.name.padEnd(14)}${counts.padEnd(40)}${seconds(outcome.ms)}`)
  if (outcome.failed === 0) return
  const lines = outcome.details.trimEnd().split('\n')
  console.log()
  for (const line of lines.slice(0, MOST_LINES)) console.log(`    ${line}`)
  if (lines.length > MOST_LINES) console.log(`    … ${lines.length - MOST_LINES} more lines`)
  if (outcome.log !== undefined) console.log(`\n    All of it: ${outcome.log}`)
  if (stage.hint !== undefined) console.log(`    What helps: ${stage.hint}`)
  console.log()
}

export function reportAbsent(stage: Stage): void {
  console.log(`– ${stage.name.padEnd(14)}absent: there is no ${stage.over}`)
}

export function reportTotal(total: Counts, absent: readonly string[], ms: number): void {
  console.log()
  if (absent.length > 0) console.log(`Absent: ${absent.join(', ')}.`)
  console.log(`All in ${seconds(ms)}.`)
  console.log(numbers(total))
}

/** The form that others read: `12 passed, 0 failed`, with `, 1 skipped` where there are some. */
function numbers({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

const verdict = (counts: Counts) => (counts.failed === 0 ? 'passed' : 'failed')
