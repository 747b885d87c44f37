/** The epoch of trust over a million actors, beside a map of objects; and what an actor costs in memory. */
import { loadConstitution } from '../protocol/law/constitution/load.ts'
import { canonicalTexts } from '../protocol/law/constitution/canonical-constitution.ts'
import { capOf, populationOf } from '../protocol/law/trust/rules/cap.ts'
import { settleAndClose } from '../protocol/law/trust/rules/settle.ts'
import { admit, capRule, emptyTrust } from '../protocol/law/trust/state.ts'
import { digestOfValues } from '../protocol/law/processes/settle-trust.ts'
import { DAY, HOUR, millis } from '../protocol/wire/time.ts'
import { installNativeSha256 } from '../runtime/signatures/signatures.ts'
import { median, ms, timed, type Bench } from './support/measure.ts'

const ACTORS = 1_000_000
const ROUNDS = 15
const START = millis(1_770_000_000_000)

export const trustEpoch: Bench = {
  name: 'trust',
  about: 'the settlement of an epoch over typed columns beside the same over a map of objects',
  run: async (say) => {
    installNativeSha256()
    const loaded = loadConstitution(canonicalTexts())
    if (!loaded.ok) throw new Error('the repository has no sound constitution')
    const constitution = loaded.value
    const { trust: dynamics } = constitution
    const rule = capRule(constitution)

    globalThis.gc?.()
    const before = process.memoryUsage()
    const trust = emptyTrust()
    for (let i = 0; i < ACTORS / 2; i++) {
      admit(trust.human, `human-${i}`, 400_000 + (i % 300_000), { seq: i, at: START })
      admit(trust.machine, `machine-${i}`, 400_000 + (i % 300_000), { seq: i, at: START })
    }
    globalThis.gc?.()
    const after = process.memoryUsage()
    const columns = after.arrayBuffers - before.arrayBuffers
    const { columns: human } = trust.human
    const { columns: machine } = trust.machine
    for (let i = 0; i < ACTORS / 2; i++) {
      human.renewed[i] = START - (i % 200) * DAY
      human.lastAct[i] = human.renewed[i]!
      human.charged[i] = Math.max(0, (i % 200) - 91)
    }

    const objects = new Map<string, Actor>()
    for (const kind of ['human', 'machine'] as const) {
      const { ids, columns: of } = trust[kind]
      ids.forEach((id, i) =>
        objects.set(id, {
          id,
          kind,
          trust: of.value[i]! / 1e6,
          lastAct: new Date(of.lastAct[i]!),
          renewed: new Date(of.renewed[i]!),
          chargedTo: new Date(START),
          history: [],
        }),
      )
    }

    const length = ACTORS / 2
    const ours: number[] = []
    const theirs: number[] = []
    const hashing: number[] = []
    for (let round = 1; round <= ROUNDS; round++) {
      const at = START + round * HOUR
      ours.push(
        await timed(() => {
          const since = at - dynamics.dormancyGraceMs
          const cap = capOf(populationOf(human.value, length, human.lastAct, since), rule)
          settleAndClose('human', human, length, at, dynamics, cap)
          settleAndClose('machine', machine, length, at, dynamics, dynamics.max.machine)
        }),
      )
      theirs.push(await timed(() => settleObjects(objects, at)))
      hashing.push(
        await timed(() => digestOfValues([human.value.subarray(0, length), machine.value.subarray(0, length)])),
      )
    }
    const what = `one epoch of ${ACTORS.toLocaleString('en-GB')} actors`
    say({
      what,
      figure: ms(median(ours)),
      baseline: `map of objects ${ms(median(theirs))}`,
      ratio: median(theirs) / median(ours),
      goal: { at: 'least', ratio: 100 },
      note: `the fastest of ${ROUNDS} rounds ${ms(Math.min(...ours))} beside ${ms(Math.min(...theirs))}`,
    })
    say({ what: 'its digest of everybody’s trust', figure: ms(median(hashing)), note: 'SHA-256 over 4 MB' })
    say({
      what: 'memory of an actor in the columns',
      figure: `${Math.round(columns / ACTORS)} B`,
      note: `${Math.round((after.heapUsed - before.heapUsed) / ACTORS)} B more for its name, index and first record`,
    })
  },
}

type Actor = {
  readonly id: string
  readonly kind: 'human' | 'machine'
  trust: number
  readonly lastAct: Date
  readonly renewed: Date
  chargedTo: Date
  history: readonly { readonly at: Date; readonly from: number; readonly to: number }[]
}

/** As one would write it first: an object per actor, made anew when it changes, with its history beside it. */
function settleObjects(actors: Map<string, Actor>, at: number): void {
  const now = new Date(at)
  const active = [...actors.values()].filter(
    ({ kind, lastAct }) => kind === 'human' && now.getTime() - lastAct.getTime() <= 90 * DAY,
  )
  const mean = active.reduce((sum, { trust }) => sum + trust, 0) / active.length
  const variance = active.reduce((sum, { trust }) => sum + (trust - mean) ** 2, 0) / active.length
  const cap = Math.min(0.95, mean + 3 * Math.max(Math.sqrt(variance), 0.12))
  for (const [id, actor] of actors) {
    const idle = now.getTime() - actor.chargedTo.getTime()
    const dormant = now.getTime() - actor.renewed.getTime() > 91 * DAY
    const decay = actor.kind === 'machine' ? (0.01 * idle) / DAY : dormant ? (0.001 * idle) / DAY : 0
    const to = Math.max(actor.kind === 'human' ? 0.1 : 0, Math.min(actor.trust - decay, cap))
    const history = to === actor.trust ? actor.history : [...actor.history, { at: now, from: actor.trust, to }]
    actors.set(id, { ...actor, trust: to, chargedTo: now, history })
  }
}
