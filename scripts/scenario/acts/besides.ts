/** What happens beside the missions: declared conflicts, models that change under a machine, a quorum that is not there. */
import { utf8 } from '../../../protocol/wire/bytes.ts'
import { digest } from '../../../protocol/wire/sha256.ts'
import { DAY, HOUR, millis } from '../../../protocol/wire/time.ts'
import type { Story } from '../schedule.ts'
import type { Stage } from '../stage.ts'
import { fingerprintOf } from './founding.ts'

/** Some who review say beforehand whom they will not judge; one of them takes it back later. */
export async function* conflictsDeclared(stage: Stage): Story {
  const { independents, owners, operators } = stage.cast
  const declared = [
    [independents[0]!.id, { with: 'actor', actor: owners[1]!.id }],
    [independents[2]!.id, { with: 'organization', organization: operators[4]!.organization }],
    [independents[5]!.id, { with: 'actor', actor: operators[7]!.id }],
  ] as const
  for (const [who, conflict] of declared) {
    await stage.attempt(who, 'identity.declare_conflict', who, conflict)
    yield stage.hoursOn(30, `conflict ${who}`)
  }
  const [first] = declared
  await stage.attempt(first[0], 'identity.withdraw_conflict', first[0], first[1])
}

/** An operator runs a newer model for a few days, says so, and goes back. */
export async function* environmentsChange(stage: Stage): Story {
  const reviewers = stage.cast.machines.filter(({ role, wave }) => role === 'reviewer' && wave === 0)
  for (let turn = 0; ; turn++) {
    yield stage.hoursOn(60, `environment ${turn}`)
    const machine = stage.chance.pick(`environment ${turn}`, reviewers)
    const newer = digest(utf8(`${machine.family} as ${machine.id} tries it`))
    await stage.attempt(machine.operator, 'machine.declare_environment', machine.id, { fingerprint: newer })
    yield stage.hoursOn(50, `environment back ${turn}`)
    const fingerprint = fingerprintOf(machine)
    await stage.attempt(machine.operator, 'machine.declare_environment', machine.id, { fingerprint })
  }
}

/** In founder stewardship nobody can release a gain that came too fast; whoever tries is told so, and it runs out. */
export async function* revalidationTried(stage: Stage): Story {
  yield millis(stage.now() + 4 * DAY)
  for (;;) {
    const waiting = await stage.house.ask((state) => {
      const [id] = [...state.trust.suspensions].flatMap(([name, { status }]) => (status === 'waiting' ? [name] : []))
      return id
    })
    if (waiting !== undefined) {
      const who = stage.cast.independents[1]!.id
      const reason = 'I looked at the work that the gain is for.'
      await stage.attempt(who, 'trust.revalidate', waiting, { reason })
      return
    }
    yield millis(stage.now() + 12 * HOUR)
  }
}
