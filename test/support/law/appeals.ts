/** What tests of appeals need: a decision, its event id, and an appeal that five humans hear. */
import assert from 'node:assert/strict'
import type { Appeal } from '../../../protocol/law/appeal/state.ts'
import type { Recorded } from '../../../protocol/genesis.ts'
import { INTEGRATOR, person, type Person } from './people.ts'
import { OUTPUT } from './flow.ts'
import { CITIZENS, panelOf, seatNow, sitting } from './panels.ts'
import { committed, type Bench } from './world.ts'

/** Twenty humans of five regions and ten houses: enough for two panels of five that share nobody. */
export const CROWD: readonly Person[] = [
  ...CITIZENS,
  ...Array.from({ length: 12 }, (_, i) =>
    person(`crowd-${i}`, (['EU', 'NA', 'APAC', 'AF', 'SA'] as const)[i % 5]!, `crowd-house-${i % 6}`),
  ),
]

export const UPHOLD = vote('uphold', 'decision-sound')
export const OVERTURN = vote('overturn', 'facts-wrong')

function vote(word: 'uphold' | 'overturn', reason_code: string) {
  const attestation = 'I know none of them and was told nothing by anyone.'
  return { vote: word, reason_code, reasons: 'The figures were computed again.', attestation }
}

/** The id of the first event of this type in the entry. */
export function eventOf(recorded: Recorded, type: string): string {
  const found = committed(recorded).find((event) => event.event_type === type)
  assert.ok(found !== undefined, `no ${type}`)
  return found.event_id
}

export function complaint(decision: string, more: object = {}) {
  return { decision, reason_code: 'facts-wrong', statement: 'The total is not what the data says.', ...more }
}

/** Any recorded fact: the genesis entry's first event. */
export const FACT = '000000000000-000'

export function filed(bench: Bench, by: Person, appeal: string, decision: string): Recorded {
  return bench.send(by, 'appeal.file', appeal, complaint(decision), { grounds: [FACT] })
}

export function appealOf(bench: Bench, id: string): Appeal {
  const appeal = bench.state.appeals.byId.get(id)
  assert.ok(appeal !== undefined, `no appeal ${id}`)
  return appeal
}

/** Everybody who may answer does, so that the panel is opened at once. */
export function answered(bench: Bench, id: string, known: readonly Person[]): Recorded {
  let last: Recorded | undefined
  for (const respondent of appealOf(bench, id).respondents) {
    const who = known.find((one) => one.id === respondent)
    assert.ok(who !== undefined, respondent)
    last = bench.send(who, 'appeal.respond', id, { statement: 'It is as the evidence says.' })
    committed(last)
  }
  assert.ok(last !== undefined)
  return last
}

/** Three of the five vote so, and the appeal is decided. */
export function heard(bench: Bench, id: string, vote: object, known?: readonly Person[]): Recorded {
  committed(seatNow(bench))
  const { panel } = appealOf(bench, id)
  assert.ok(panel !== undefined)
  assert.equal(panelOf(bench, panel).status, 'voting', JSON.stringify(panelOf(bench, panel)).slice(0, 300))
  let last: Recorded | undefined
  for (const member of sitting(bench, panel, known).slice(0, 3)) {
    last = bench.send(member, 'panel.vote', panel, vote)
    committed(last)
  }
  assert.ok(last !== undefined)
  return last
}

export function integratedBy(bench: Bench, mission: string): Recorded {
  return bench.send(INTEGRATOR, 'mission.integrate', mission, { outputs: [OUTPUT], summary: 'Total 42.' })
}

/** The id of the latest event of this type about this subject. */
export function latest(bench: Bench, type: string, subject: string): string {
  type Entry = { events?: { event_type: string; subject: string; event_id: string }[] }
  const events = bench.texts.flatMap((text) => (JSON.parse(text) as Entry).events ?? [])
  const event = events.findLast((one) => one.event_type === type && one.subject === subject)
  assert.ok(event !== undefined, `no ${type} of ${subject}`)
  return event.event_id
}

/** One appeal, overturned by three of five; answers the id of what it found. */
export function overturned(
  bench: Bench,
  appeal: string,
  contested: string,
  by: Person,
  known: readonly Person[],
): string {
  committed(filed(bench, by, appeal, contested))
  if (bench.state.appeals.byId.get(appeal)?.status === 'answering') answered(bench, appeal, known)
  return eventOf(heard(bench, appeal, OVERTURN, known), 'governance.appeal_decided')
}
