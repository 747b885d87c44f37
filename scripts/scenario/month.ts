/**
 * The script of the month: who does what and when, all of it from the seed. Each kind of act has a file in acts/.
 */
import { DAY, HOUR, millis, MINUTE, type Millis } from '../../protocol/wire/time.ts'
import { MEMBERS } from '../start/found.ts'
import { partiesAppeal } from './acts/appeals.ts'
import { conflictsDeclared, environmentsChange, revalidationTried } from './acts/besides.ts'
import { attestHumans, registerWave, waveCome } from './acts/founding.ts'
import { missionLife } from './acts/mission.ts'
import type { MissionPlan } from './acts/plan.ts'
import { OUTSIDER } from './acts/outsider.ts'
import { panelsSit } from './acts/panels.ts'
import { operatorsRecertify } from './acts/recertification.ts'
import { later, type House } from './house.ts'
import { castOf, type Cast } from './people.ts'
import { schedule } from './schedule.ts'
import type { Chance, Seed } from './seed.ts'
import { stageOf, type Stage } from './stage.ts'

export type Script = {
  readonly missions: number
  readonly days: number
}

export type Progress = {
  readonly epoch: number
  readonly epochs: number
  readonly entries: number
}

/** The month begins on a Monday. */
export const START = millis(Date.UTC(2026, 1, 2, 0, 0, 0))

/** How long after the hour an epoch is closed. */
const AFTER_THE_HOUR_MS = 5_000

export async function playMonth(
  house: House,
  script: Script,
  onProgress: (progress: Progress) => void,
): Promise<Stage> {
  const cast = castOf()
  const plan = schedule()
  const end = millis(START + script.days * DAY)
  const waves = wavesOf(cast, script)
  const stage = stageOf({ house, cast, plan, start: START, end, waves })
  await attestHumans(stage)
  await registerWave(stage, 0)
  for (const [i, at] of waves.entries()) {
    stage.tell(at, waveCome(stage, i + 1))
  }
  const missions = missionsOf(cast, script, waves, house.seed.chance)
  for (const [at, mission] of missions) stage.tell(at, missionLife(stage, mission))
  const forged = new Set(missions.filter(([, { collusion }]) => collusion).map(([, { id }]) => id))
  stage.tell(later(START, HOUR), partiesAppeal(stage, forged))
  stage.tell(later(START, HOUR), panelsSit(stage))
  stage.tell(later(START, HOUR), operatorsRecertify(stage))
  stage.tell(later(START, 2 * HOUR), conflictsDeclared(stage))
  stage.tell(later(START, 2 * HOUR), environmentsChange(stage))
  stage.tell(later(START, 2 * HOUR), revalidationTried(stage))
  const epochs = Math.round((end - START) / HOUR)
  for (let epoch = 0; epoch < epochs; epoch++) {
    const close = millis(START + (epoch + 1) * HOUR + AFTER_THE_HOUR_MS)
    for (let next = plan.next(); next !== undefined && next < close; next = plan.next()) {
      forward(house, next)
      await house.draw()
      await plan.step()
    }
    forward(house, close)
    await house.closeEpoch(presentAt(epoch, house.seed))
    onProgress({ epoch: epoch + 1, epochs, entries: house.head().size })
  }
  return stage
}

/** Acts take their time on chain, so the clock may be further already. */
function forward(house: House, at: Millis): void {
  if (at > house.clock.now()) house.clock.moveTo(at)
}

/** Of fifteen members eleven to fifteen are there for an epoch; ten would do. */
function presentAt(epoch: number, { chance }: Seed): readonly number[] {
  const away = chance.number(`away ${epoch}`, 5)
  const gone = new Set(Array.from({ length: away }, (_, i) => chance.number(`away ${epoch} ${i}`, MEMBERS)))
  return Array.from({ length: MEMBERS }, (_, i) => i).filter((i) => !gone.has(i))
}

/** New machines come early in the day, evenly over the time there is. */
function wavesOf(cast: Cast, { days }: Script): readonly Millis[] {
  const later = cast.waves - 1
  return Array.from({ length: later }, (_, i) => {
    const at = START + Math.floor(((i + 0.6) * days * DAY) / later)
    return millis(at - (at % HOUR) + 2 * MINUTE)
  })
}

const CLASSES = {
  R0: 'documentation_update',
  R1: 'internal_operations_change',
  R2: 'regulated_analysis',
  R3: 'constitutional_change',
} as const

function missionsOf(
  cast: Cast,
  { missions, days }: Script,
  waves: readonly Millis[],
  chance: Chance,
): readonly (readonly [Millis, MissionPlan])[] {
  const of = (role: string): readonly string[] => cast.machines.filter((one) => one.role === role).map(({ id }) => id)
  const [planners, workers, integrators] = [of('planner'), of('worker'), of('integrator')]
  const bursts = burstsOf(cast, missions, days)
  return Array.from({ length: missions }, (_, i) => {
    const burst = bursts.find(({ places }) => places.includes(i))
    const id = `mission-${String(i + 1).padStart(3, '0')}`
    const turn = (name: string, permille: number): boolean => chance.permille(`${id} ${name}`, permille)
    const tier = tierOf(i)
    const withWave = tier === 'R2'
    const spread = Math.floor((i * Math.max(days - 1.5, 0.5) * DAY) / missions)
    const usual = withWave ? beforeWave(waves, i) : START + 20 * MINUTE + spread
    const at = burst === undefined ? usual : burst.at - 11 * HOUR
    const worker = i === 0 ? OUTSIDER : (burst?.worker ?? chance.pick(`${id} worker`, workers))
    // What the outsider hands in is what it added up.
    const honest = burst !== undefined || worker === OUTSIDER
    const firstReport = honest ? 'true' : turn('careless', 60) ? 'careless' : turn('forged', 40) ? 'forged' : 'true'
    const mission: MissionPlan = {
      id,
      owner: chance.pick(`${id} owner`, cast.owners).id,
      planner: chance.pick(`${id} planner`, planners),
      worker,
      integrator: chance.pick(`${id} integrator`, integrators),
      missionClass: CLASSES[tier],
      domainType:
        burst !== undefined || tier === 'R2' || tier === 'R3' || !turn('domain', 60)
          ? 'objective'
          : turn('mixed', 500)
            ? 'mixed'
            : 'normative',
      firstReport,
      collusion: firstReport === 'forged' && turn('collusion', 600),
      held: burst === undefined && turn('held', 50),
      rejections: tier === 'R2' && turn('rejected', 150) ? 1 : 0,
      mistaken: firstReport === 'true' && burst === undefined && turn('mistaken', 25),
      withWave,
      integrateAt: burst?.at,
      disputed: burst === undefined && tier !== 'R3' && turn('disputed', 25),
    }
    return [millis(at + chance.number(`${id} start`, 3 * HOUR)), mission]
  })
}

/** Of twenty missions ten are R0, six R1, four R2; two of the month are R3. */
function tierOf(i: number): keyof typeof CLASSES {
  if (i === 11 || i === 111) return 'R3'
  const place = i % 20
  if (place % 5 === 4) return 'R2'
  return place % 5 === 1 || place % 10 === 3 ? 'R1' : 'R0'
}

/** Early enough that the work is done when the wave comes. */
function beforeWave(waves: readonly Millis[], i: number): number {
  const wave = waves[Math.floor(i / 5) % waves.length] ?? START + DAY
  return Math.max(START + 20 * MINUTE, wave - 14 * HOUR)
}

/** So many R1 missions in one hour are more than the guard lets an actor rise in an epoch. */
const BURST = 6

type Burst = { readonly at: Millis; readonly worker: string; readonly places: readonly number[] }

/** Twice in the month somebody gets much done in one hour: a human, and later a machine. */
function burstsOf(cast: Cast, missions: number, days: number): readonly Burst[] {
  const workers = [cast.operators[1]!.id, cast.machines.find(({ role }) => role === 'worker')!.id]
  return workers.flatMap((worker, nth) => {
    const hour = Math.max(13, Math.floor((3 + 8 * nth) * 0.8 * days))
    const from = Math.floor((missions * nth) / 2)
    const places = Array.from({ length: missions - from }, (_, i) => from + i)
      .filter((i) => tierOf(i) === 'R1')
      .slice(0, BURST)
    return places.length < BURST ? [] : [{ at: millis(START + hour * HOUR + 20 * MINUTE), worker, places }]
  })
}
