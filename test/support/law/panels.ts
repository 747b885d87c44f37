/** What tests of panels need: people enough to draw from, and a panel that a mission has led to. */
import assert from 'node:assert/strict'
import { signRound, timeOfRound } from '../../../protocol/wire/beacon.ts'
import { panelId } from '../../../protocol/law/panel/selection.ts'
import type { Panel } from '../../../protocol/law/panel/state.ts'
import type { Recorded } from '../../../protocol/genesis.ts'
import { decision, evidence, OUTPUT, reviewed, scopeBody } from './flow.ts'
import { ADA, INTEGRATOR, NOOR, OPERATORS, person, PLANNER, RUNTIME, WORKER, type Person } from './people.ts'
import { attest, BEACON_SECRET, committed, drawNow, type Bench } from './world.ts'

const REGIONS = ['EU', 'NA', 'APAC', 'AF'] as const

/** Eight humans who had a hand in nothing: four regions, four houses, two of each. */
export const CITIZENS: readonly Person[] = Array.from({ length: 8 }, (_, i) =>
  person(`citizen-${i}`, REGIONS[i % 4]!, `house-${i % 4}`),
)

export function withCitizens(bench: Bench, citizens: readonly Person[] = CITIZENS): Bench {
  for (const citizen of citizens) attest(bench, citizen)
  return bench
}

/** A mission of one normative task whose reviewers approve, so that humans are asked. */
export function awaitingPanel(
  bench: Bench,
  mission: string,
  name = 'documentation_update',
  more: {
    readonly verdict?: 'approve' | 'reject'
    readonly domain?: string
    readonly scope?: string
    readonly dispute?: boolean
  } = {},
): string {
  const { verdict = 'approve', domain = 'normative', scope = 'objective', dispute = false } = more
  committed(bench.send(NOOR, 'mission.create', mission, { title: 'A report', summary: 'We need it.' }))
  committed(bench.send(NOOR, 'mission.scope', mission, scopeBody(name, { domain_type: scope })))
  const task = {
    id: 't-1',
    title: 'Report',
    instructions: 'Compute it.',
    domain_type: domain,
    depends_on: [],
    worker: WORKER.id,
  }
  committed(bench.send(PLANNER, 'mission.plan', mission, { tasks: [task] }))
  committed(bench.send(WORKER, 'mission.start', mission, { task: 't-1' }))
  committed(bench.send(WORKER, 'mission.submit', mission, { task: 't-1', evidence: evidence(bench, mission) }))
  committed(drawNow(bench))
  reviewed(bench, mission, (seat) => decision(seat.id, mission, verdict, { normative_dispute: dispute }))
  return panelId({ kind: 'task', mission, task: 't-1', attempt: 1 })
}

/** Let the beacon round come that the panels wait for, and record it. */
export function seatNow(bench: Bench): Recorded {
  const [round] = bench.state.panels.awaiting.keys()
  assert.ok(round !== undefined, 'no panel waits for a round')
  const scheme = bench.state.founded?.deployment.beacon
  assert.ok(scheme !== undefined)
  const due = timeOfRound(scheme, round)
  if (bench.now() < due) bench.wait(due - bench.now())
  return bench.send(RUNTIME, 'beacon.observed', 'beacon', {
    round,
    signature: signRound(BEACON_SECRET, round).signature,
  })
}

export function seatedPanel(bench: Bench, mission: string, name?: string): string {
  const id = awaitingPanel(bench, mission, name)
  committed(seatNow(bench))
  return id
}

export function panelOf(bench: Bench, id: string): Panel {
  const panel = bench.state.panels.byId.get(id)
  assert.ok(panel !== undefined, `no panel ${id}`)
  return panel
}

const EVERYBODY: readonly Person[] = [...CITIZENS, ADA, NOOR, ...OPERATORS]

/** Who sits, in rank order. */
export function sitting(bench: Bench, id: string, known: readonly Person[] = EVERYBODY): readonly Person[] {
  return panelOf(bench, id).members.map((member) => {
    const found = known.find((one) => one.id === member.id)
    assert.ok(found !== undefined, `${member.id} is nobody's`)
    return found
  })
}

export const APPROVES = { vote: 'approve', reasons: 'It keeps to what was asked.' }
export const REJECTS = { vote: 'reject', reasons: 'It takes a side that nobody asked for.' }

export function integrated(bench: Bench, mission: string): Recorded {
  return bench.send(INTEGRATOR, 'mission.integrate', mission, { outputs: [OUTPUT], summary: 'Total 42.' })
}
