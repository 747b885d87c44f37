/**
 * M-07: completed missions can be reproduced from their evidence alone. The files are there, each what its digest
 * says; and where whoever verifies asks for it, each declared command is run again and has to give the same outputs.
 *
 * Running is handed in: this room runs nothing, and by default nobody does (spec 7, step 7).
 *
 * Source: spec 11.4, M-07; spec 3.3.
 */
import { isPlanned, type Mission, type Task } from '../../protocol/law/mission/state.ts'
import { needsHuman } from '../../protocol/law/mission/final-gate.ts'
import type { EvidenceStatement } from '../../protocol/wire/evidence.ts'
import { digest } from '../../protocol/wire/sha256.ts'
import type { Manifest } from '../archive/manifest.ts'
import type { Inquiry } from '../inquiry.ts'
import type { ReadLedger } from '../ledger.ts'
import type { Question } from '../question.ts'
import type { Rerun } from '../rerun.ts'
import { fetchFile } from './archive.ts'
import { statementKey } from './read-ledger.ts'

export async function checkMissions(
  question: Question,
  manifest: Manifest,
  ledger: ReadLedger,
  inquiry: Inquiry,
): Promise<void> {
  const completed = [...ledger.state.missions.values()].filter((mission) => mission.status === 'Completed')
  const listed = new Map(manifest.artifacts.map((file) => [file.sha256 as string, file]))
  let rerun = 0
  for (const [i, mission] of completed.entries()) {
    const statements = statementsOf(ledger, mission)
    const digests = new Set(statements.flatMap(({ references }) => references))
    for (const missing of [...digests].filter((name) => !listed.has(name))) {
      inquiry.fault('missions', 'evidence-missing', { path: `artifacts/${missing.slice(7)}` }, { mission: mission.id })
    }
    if (question.rerun !== undefined && inquiry.faultsOf('missions') === 0) {
      for (const { statement } of statements) {
        await runAgain(question.rerun, question, listed, mission.id, statement, inquiry)
        rerun += 1
      }
    }
    inquiry.progress({ step: 'missions', done: i + 1, total: completed.length, unit: 'missions' })
  }
  const high = completed.filter((mission) => 'tier' in mission && needsHuman(mission.tier)).length
  inquiry.looked('missions', { completed: completed.length, high_risk: high, run_again: rerun })
}

type Stated = { readonly statement: EvidenceStatement; readonly references: readonly string[] }

function statementsOf(ledger: ReadLedger, mission: Mission): readonly Stated[] {
  if (!isPlanned(mission)) return []
  return [...mission.plan.tasks.values()].flatMap((task: Task): readonly Stated[] => {
    const statement = ledger.statements.get(statementKey(mission.id, task.id, task.attempt))
    return statement === undefined ? [] : [{ statement, references: task.evidence?.references ?? [] }]
  })
}

async function runAgain(
  rerun: Rerun,
  question: Question,
  listed: ReadonlyMap<string, Manifest['artifacts'][number]>,
  mission: string,
  { predicate }: EvidenceStatement,
  inquiry: Inquiry,
): Promise<void> {
  const { reproduction, task } = predicate
  const files = new Map<string, Uint8Array>()
  for (const input of reproduction.inputs) {
    const file = listed.get(input.digest)
    const bytes = file === undefined ? undefined : await fetchFile(question, file, inquiry)
    if (bytes === undefined) return
    files.set(input.name, bytes)
  }
  const run = await rerun(reproduction, files)
  if ('failed' in run) {
    inquiry.fault('missions', 'rerun-failed', {}, { mission, task, reason: run.failed })
    return
  }
  for (const { name, digest: expected } of reproduction.outputs) {
    const bytes = run.outputs.get(name)
    const found = bytes === undefined ? 'none' : digest(bytes)
    if (found !== expected) inquiry.fault('missions', 'rerun-differs', {}, { mission, task, name, expected, found })
  }
}
