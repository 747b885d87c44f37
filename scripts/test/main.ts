/**
 * `npm test`: every check of the project, one stage after the other.
 *
 *     npm test                      all stages
 *     npm test -- protocol runtime  only these (also `npm run test:protocol`)
 *     npm test -- --list            what stages there are
 *
 * What a stage prints stays in `.tmp/test/<stage>.log`; here only what failed is shown. The last line has the counts of
 * all stages, `N passed, N failed`, and the exit code is 0 only if nothing failed and every runner came to its end.
 */
import { report, reportAbsent, reportTotal } from './report.ts'
import { runStage } from './run-stage.ts'
import { stages, type Stage } from './stages.ts'

const wanted = process.argv.slice(2)
const all = stages()

if (wanted.includes('--list')) {
  for (const stage of all) console.log(`${stage.name.padEnd(14)}${stage.about}`)
  process.exit(0)
}
const unknown = wanted.filter((name) => all.every((stage) => stage.name !== name))
if (unknown.length > 0) {
  console.error(`There is no stage ${unknown.join(', ')}. There are: ${all.map((stage) => stage.name).join(', ')}.`)
  process.exit(2)
}

const total = { passed: 0, failed: 0, skipped: 0 }
const absent: string[] = []
const broken = new Set<string>()
const start = Date.now()

for (const stage of wanted.length === 0 ? all : all.filter((one) => wanted.includes(one.name))) {
  if (!stage.isPresent()) {
    absent.push(stage.name)
    reportAbsent(stage)
    continue
  }
  const outcome = blocked(stage) ?? (await runStage(stage))
  report(stage, outcome)
  if (outcome.failed > 0) broken.add(stage.name)
  total.passed += outcome.passed
  total.failed += outcome.failed
  total.skipped += outcome.skipped
}

reportTotal(total, absent, Date.now() - start)
process.exitCode = total.failed === 0 ? 0 : 1

/** Tests of contracts that do not compile would only repeat, at length, that they do not. */
function blocked(stage: Stage) {
  if (stage.after === undefined || !broken.has(stage.after)) return undefined
  return {
    passed: 0,
    failed: 1,
    skipped: 0,
    ms: 0,
    details: `not run, because "${stage.after}" failed`,
    log: undefined,
  }
}
