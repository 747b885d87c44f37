/**
 * Whoever a decision affected may contest it: some do. The other side answers or lets its time pass, five humans who
 * had no hand in it hear it (panels.ts), and some of those who lose appeal once more, to an entirely new panel.
 */
import { digest } from '../../../protocol/wire/sha256.ts'
import { HOUR, millis, MINUTE } from '../../../protocol/wire/time.ts'
import { worldOf } from '../../../protocol/law/world.ts'
import type { Story } from '../schedule.ts'
import type { Stage } from '../stage.ts'
import { PROGRAM_BYTES } from '../work.ts'

/** Of a thousand decisions of a kind so many are contested. */
const CONTESTED: { readonly [type: string]: number } = {
  'mission.rejected': 400,
  'governance.incident_resolved': 350,
  'trust.machine_decommissioned': 1000,
  'trust.gain_discarded': 700,
  'review.panel_concluded': 250,
  'governance.appeal_decided': 600,
}

/** Completed missions are many: few of them are contested, and those whose report was forged always. */
const COMPLETED = 12

/** Looks at what was decided again and again, until the month is over. */
export async function* partiesAppeal(stage: Stage, forged: ReadonlySet<string>): Story {
  for (;;) {
    yield millis(stage.now() + 5 * HOUR + 13 * MINUTE)
    for (const { id, type, mission, who } of await decisions(stage)) {
      if (stage.remembered(`decision ${id}`).length > 0) continue
      stage.remember(`decision ${id}`, 'seen')
      const share = type === 'mission.completed' ? (forged.has(mission) ? 1000 : COMPLETED) : (CONTESTED[type] ?? 0)
      if (who === undefined || !stage.chance.permille(`contested ${id}`, share)) continue
      const body = {
        decision: id,
        reason_code: stage.chance.pick(`reason ${id}`, ['facts-wrong', 'evidence-ignored', 'disproportionate']),
        statement: 'What was decided does not follow from what is on record. I ask that it is looked at again.',
        evidence: [digest(PROGRAM_BYTES)],
      }
      await stage.attempt(who, 'appeal.file', `appeal-${id}`, body)
    }
    await othersAnswer(stage)
  }
}

type Found = {
  readonly id: string
  readonly type: string
  readonly mission: string
  readonly who: string | undefined
}

function decisions(stage: Stage): Promise<readonly Found[]> {
  return stage.house.ask((state) => {
    const world = worldOf(state)
    return [...state.appeals.decisions.values()].map(({ id, type, mission = '' }) => {
      const affected = world.affectedBy(id)?.affected ?? []
      const who = affected.length === 0 ? undefined : stage.chance.pick(`appellant ${id}`, affected)
      return { id, type, mission, who }
    })
  })
}

async function othersAnswer(stage: Stage): Promise<void> {
  const waiting = await stage.house.ask((state) =>
    [...state.appeals.answering].toSorted().flatMap((id) => {
      const appeal = state.appeals.byId.get(id)
      return (appeal?.respondents ?? [])
        .filter((human) => appeal?.answers.has(human) === false)
        .map((human) => ({ id, human }))
    }),
  )
  for (const { id, human } of waiting) {
    if (!stage.chance.permille(`answers ${id} ${human}`, 700)) continue
    await stage.attempt(human, 'appeal.respond', id, { statement: 'I stand by what I did, and by what was decided.' })
  }
}
