/** What every act of a scenario needs: the people with their keys, the house, and ways to send, wait and look. */
import type { Draft } from '../../protocol/genesis.ts'
import type { Json } from '../../protocol/wire/canonical-json.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import type { Millis } from '../../protocol/wire/time.ts'
import type { Author } from '../../runtime/client/client.ts'
import { FOUNDER } from '../start/people.ts'
import type { House, Recorded } from './house.ts'
import type { Cast } from './people.ts'
import type { Schedule, Story } from './schedule.ts'
import type { Chance } from './seed.ts'

export type Stage = {
  readonly house: House
  readonly chance: Chance
  readonly cast: Cast
  readonly founder: string
  readonly start: Millis
  /** When the last epoch of the scenario closes. */
  readonly end: Millis
  now(): Millis
  /** The moment so many hours from now, with up to a quarter more by chance, which the name decides. */
  hoursOn(hours: number, name: string): Millis
  author(id: string): Author
  /** Sends a command that the law has to commit. Throws Fault `scenario-act-withheld` where it does not. */
  act(who: string, type: string, subject: string, body: Json, more?: Partial<Draft>): Promise<Recorded>
  /** Sends a command whose refusal is as good an outcome. */
  attempt(who: string, type: string, subject: string, body: Json, more?: Partial<Draft>): Promise<Recorded>
  /** A story that begins at that moment. */
  tell(at: Millis, story: Story): void
  /** What acts keep in mind, by a name of their own. */
  remember(name: string, what: string): void
  remembered(name: string): readonly string[]
  /** The next time that a wave of machines is registered, after this moment. */
  nextWave(after: Millis): Millis | undefined
}

export type StageParts = {
  readonly house: House
  readonly cast: Cast
  readonly plan: Schedule
  readonly start: Millis
  readonly end: Millis
  readonly waves: readonly Millis[]
}

const HOUR_MS = 3_600_000

export function stageOf({ house, cast, plan, start, end, waves }: StageParts): Stage {
  const { seed, clock } = house
  const authors = new Map<string, Author>()
  const notes = new Map<string, readonly string[]>()

  function author(id: string): Author {
    const known = authors.get(id)
    if (known !== undefined) return known
    const made = { id, signer: seed.identity(id).signer, nonce: () => house.nonce(id) }
    authors.set(id, made)
    return made
  }

  const attempt: Stage['attempt'] = (who, type, subject, body, more = {}) =>
    house.send(author(who), { type, subject, body, ...more })

  return {
    house,
    chance: seed.chance,
    cast,
    founder: FOUNDER.id,
    start,
    end,
    now: () => clock.now(),
    hoursOn: (hours, name) => {
      const more = seed.chance.number(`hours ${name}`, 250)
      return (clock.now() + Math.floor((hours * HOUR_MS * (1000 + more)) / 1000)) as Millis
    },
    author,
    attempt,
    act: async (who, type, subject, body, more) => {
      const recorded = await attempt(who, type, subject, body, more)
      if (recorded.outcome === 'committed') return recorded
      const [first] = recorded.violations
      const params = { type, subject, who, seq: recorded.seq ?? -1, constraint: first?.constraint ?? '' }
      throw new Fault('scenario-act-withheld', { ...params, because: JSON.stringify(first?.params ?? null) })
    },
    remember: (name, what) => {
      notes.set(name, [...(notes.get(name) ?? []), what])
    },
    remembered: (name) => notes.get(name) ?? [],
    tell: (at, story) => plan.add(at, story),
    nextWave: (after) => waves.find((at) => at > after),
  }
}
