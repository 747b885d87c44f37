/**
 * Humans drawn for a panel vote on what they are asked, each with written reasons. Most say what adding up says; some
 * see it otherwise and dissent, some leave the seat, some are silent and are replaced.
 */
import { HOUR, millis, MINUTE } from '../../../protocol/wire/time.ts'
import { worldOf } from '../../../protocol/law/world.ts'
import type { Story } from '../schedule.ts'
import type { Stage } from '../stage.ts'

type Seen = {
  readonly id: string
  readonly status: string
  readonly appeal: boolean
  readonly waiting: readonly string[]
  readonly owner: string
}

/** Looks at all open panels again and again, until the month is over. */
export async function* panelsSit(stage: Stage): Story {
  for (;;) {
    yield millis(stage.now() + 4 * HOUR + 7 * MINUTE)
    await stage.house.draw()
    for (const panel of await openPanels(stage)) {
      if (panel.status === 'voting') await seatsVote(stage, panel)
      else if (panel.status === 'blocked') await stage.attempt(panel.owner, 'panel.reopen', panel.id, {})
    }
  }
}

function openPanels(stage: Stage): Promise<readonly Seen[]> {
  return stage.house.ask((state) =>
    [...state.panels.open].toSorted().flatMap((id) => {
      const panel = state.panels.byId.get(id)
      if (panel === undefined) return []
      const { about, members, votes, status } = panel
      const owner =
        about.kind === 'task'
          ? worldOf(state).participants(about.mission)?.owner
          : worldOf(state).partiesOf(about.appeal)[0]
      const waiting = members.map((member) => member.id).filter((member) => !votes.has(member))
      return [{ id, status, appeal: panel.purpose === 'appeal', waiting, owner: owner ?? '' }]
    }),
  )
}

async function seatsVote(stage: Stage, panel: Seen): Promise<void> {
  for (const member of panel.waiting) {
    const turn = stage.chance.number(`panel ${panel.id} ${member}`, 1000)
    if (turn < 60) continue
    if (turn < 120) {
      await stage.attempt(member, 'panel.recuse', panel.id, { reason: 'I know one of those involved too well.' })
      continue
    }
    const dissents = turn < 340
    await stage.attempt(
      member,
      'panel.vote',
      panel.id,
      panel.appeal ? onAppeal(stage, panel, dissents) : onTask(dissents),
    )
  }
}

function onTask(dissents: boolean) {
  return dissents
    ? { vote: 'reject', reasons: 'The sum is right, and still it should not be published like this.' }
    : { vote: 'approve', reasons: 'I read the book and the report, and would answer for both.' }
}

/** Which way an appeal goes the seed decides, once for all who sit on it. */
function onAppeal(stage: Stage, { id }: Seen, dissents: boolean) {
  const overturns = stage.chance.permille(`appeal ${id}`, 500) !== dissents
  return {
    vote: overturns ? 'overturn' : 'uphold',
    reasons: overturns
      ? 'The decision rests on a report that cannot be made again.'
      : 'The decision rests on what is there.',
    reason_code: overturns ? 'facts-wrong' : 'decision-sound',
    attestation: 'I looked at the records myself and had no hand in the matter.',
  }
}
