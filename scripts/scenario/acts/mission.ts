/**
 * The life of one mission, told by looking at it again and again and doing what is next: whatever the law makes of a
 * turn (a rework, a replaced reviewer, a panel), the story goes on from where the mission stands.
 */
import { seal } from '../../../protocol/wire/dsse.ts'
import { EVIDENCE_TYPE, STATEMENT_PAYLOAD_TYPE, STATEMENT_TYPE } from '../../../protocol/wire/evidence.ts'
import type { Json } from '../../../protocol/wire/canonical-json.ts'
import { digest } from '../../../protocol/wire/sha256.ts'
import { formatTimestamp, HOUR, millis, MINUTE, type Millis } from '../../../protocol/wire/time.ts'
import type { Recorded } from '../house.ts'
import type { Story } from '../schedule.ts'
import type { Stage } from '../stage.ts'
import { BOOK, bookOf, COMMAND, NOTES, notesOf, PROGRAM, PROGRAM_BYTES } from '../work.ts'
import { decideAtGate } from './gate.ts'
import { mistakenReport, tellOfForgery } from './incidents.ts'
import { OUTSIDER, outsiderClaims, outsiderHandsIn } from './outsider.ts'
import { chooseWorker, look, productsOf, TASK, workerOf, type Look, type MissionPlan } from './plan.ts'
import { takeSeats } from './reviewing.ts'

/** From its creation until it is completed, or the month is over. */
export async function* missionLife(stage: Stage, plan: MissionPlan): Story {
  const { id } = plan
  await create(stage, plan)
  yield stage.hoursOn(1, `${id} scope`)
  // What the phase does not allow yet is withheld, and the mission stays a draft.
  if ((await scope(stage, plan)).outcome !== 'committed') return
  yield stage.hoursOn(1, `${id} plan`)
  for (let turn = 0; ; turn++) {
    const seen = await look(stage, id)
    if (seen.state === 'Completed') {
      if (plan.collusion) tellOfForgery(stage, plan)
      if (plan.mistaken) stage.tell(stage.hoursOn(9, `mistaken ${id}`), mistakenReport(stage, plan))
      return
    }
    const next = await step(stage, plan, seen, `${id} ${turn}`)
    yield next > stage.now() ? next : millis(stage.now() + MINUTE)
  }
}

/** Does what is next, and answers when to look again. */
async function step(stage: Stage, plan: MissionPlan, seen: Look, turn: string): Promise<Millis> {
  if (seen.held) {
    await stage.attempt(plan.owner, 'mission.release', plan.id, {})
    return stage.hoursOn(1, turn)
  }
  const next = BY_STATE[seen.state] ?? BY_TASK[seen.task ?? '']
  return next === undefined ? stage.hoursOn(6, turn) : next(stage, plan, seen, turn)
}

type Step = (stage: Stage, plan: MissionPlan, seen: Look, turn: string) => Promise<Millis>

/**
 * Nothing here has to be committed: an incident may hold the mission, a machine may have been taken out of service.
 * What the law withholds is asked for again when the mission is looked at next.
 */
const BY_STATE: { readonly [state: string]: Step } = {
  Scoped: async (stage, plan, _seen, turn) => {
    await chooseWorker(stage, plan)
    const { outcome } = await stage.attempt(plan.planner, 'mission.plan', plan.id, graph(stage, plan))
    return outcome === 'committed' ? millis(stage.now() + MINUTE) : stage.hoursOn(12, turn)
  },
  Decomposed: async (stage, plan, _seen, turn) => {
    if (plan.held && stage.remembered(`held ${plan.id}`).length === 0) {
      stage.remember(`held ${plan.id}`, 'once')
      await stage.attempt(plan.owner, 'mission.hold', plan.id, { reason: 'The book is being looked at once more.' })
      return stage.hoursOn(24, turn)
    }
    if (workerOf(stage, plan) === OUTSIDER) await outsiderClaims(stage, plan.id, TASK)
    else await stage.attempt(workerOf(stage, plan), 'mission.start', plan.id, { task: TASK })
    return plan.withWave ? whenWaveComes(stage, turn) : stage.hoursOn(2, turn)
  },
  Integrated: async (stage, plan, seen, turn) => {
    const { integrateAt } = plan
    if (integrateAt !== undefined && integrateAt > stage.now()) return integrateAt
    const { outcome } = await integrate(stage, plan, seen)
    return stage.hoursOn(outcome === 'committed' ? 2 : 12, turn)
  },
  FinalHumanGate: decideAtGate,
  Rejected: async (stage, plan, _seen, turn) => {
    await chooseWorker(stage, plan)
    await stage.attempt(plan.planner, 'mission.replan', plan.id, graph(stage, plan))
    return stage.hoursOn(3, turn)
  },
}

const BY_TASK: { readonly [task: string]: Step } = {
  InProgress: async (stage, plan, seen, turn) => {
    if (isOutsiders(stage, plan)) {
      await outsiderHandsIn(stage, plan.id, TASK)
      return millis(stage.now() + 3 * MINUTE)
    }
    const { outcome, events } = await submit(stage, plan, seen)
    if (outcome !== 'committed') return stage.hoursOn(12, turn)
    for (const { event_type, event_id } of events) {
      if (event_type === 'mission.evidence_attached') stage.remember(`evidence ${plan.id}`, event_id)
    }
    return millis(stage.now() + 3 * MINUTE)
  },
  Rework: async (stage, plan, seen, turn) => {
    if (plan.firstReport === 'forged' && seen.attempt === 1) tellOfForgery(stage, plan)
    await stage.attempt(workerOf(stage, plan), 'mission.correct', plan.id, { task: TASK })
    return plan.withWave ? whenWaveComes(stage, turn) : stage.hoursOn(3, turn)
  },
  EvidenceAttached: awaitSeats,
  UnderReview: takeSeats,
}

/** A few minutes into the wave: its machines are there, and their trust is fresh. */
function whenWaveComes(stage: Stage, turn: string): Millis {
  const wave = stage.nextWave(millis(stage.now() - 20 * MINUTE))
  if (wave === undefined) return stage.hoursOn(6, turn)
  return millis(Math.max(wave + (5 + stage.chance.number(turn, 20)) * MINUTE, stage.now() + MINUTE))
}

async function awaitSeats(stage: Stage, plan: MissionPlan, seen: Look, turn: string): Promise<Millis> {
  const { review } = seen
  if (review?.status === 'blocked') {
    // The pool could not fill the seats: the owner opens a new draw when there are others to draw from.
    const wave = stage.nextWave(stage.now())
    const fresh = await stage.house.ask((_state, now) => now)
    if (review.draw > 1 || wave === undefined || fresh - stage.start < HOUR) {
      await stage.attempt(plan.owner, 'review.reopen', plan.id, { task: TASK })
      return wave === undefined ? stage.hoursOn(24, turn) : millis(Math.max(wave + 31 * MINUTE, stage.now() + MINUTE))
    }
    await stage.attempt(plan.owner, 'review.reopen', plan.id, { task: TASK })
    return millis(stage.now() + 5 * MINUTE)
  }
  const until = review?.until
  await stage.house.draw()
  return until === undefined || until < stage.now() ? stage.hoursOn(1, turn) : millis(until + 1_000)
}

async function create(stage: Stage, plan: MissionPlan): Promise<void> {
  await stage.act(plan.owner, 'mission.create', plan.id, {
    title: `Account book ${plan.id}`,
    summary: 'The lines of the book are to be counted and added up.',
  })
}

async function scope(stage: Stage, plan: MissionPlan): Promise<Recorded> {
  const book = bookOf(plan.id, stage.chance)
  const files = [
    [BOOK, book, 'text/csv'],
    [PROGRAM, PROGRAM_BYTES, 'text/javascript'],
  ] as const
  const inputs: Json[] = []
  for (const [name, bytes, media_type] of files) {
    inputs.push({ name, digest: await stage.house.put(bytes), bytes: bytes.length, media_type })
  }
  return stage[plan.missionClass === 'constitutional_change' ? 'attempt' : 'act'](
    plan.owner,
    'mission.scope',
    plan.id,
    {
      scope: 'Count the lines of the book and add up their amounts.',
      mission_class: plan.missionClass,
      domain_type: plan.domainType,
      acceptance_criteria: ['The report has the number of lines.', 'The report has their sum.'],
      risk_acknowledgement: 'A wrong sum would mislead whoever plans with it.',
      inputs,
      planner: plan.planner,
      integrator: plan.integrator,
    },
  )
}

function graph(stage: Stage, plan: MissionPlan): Json {
  const task = {
    id: TASK,
    title: 'Report',
    instructions: `Run ${COMMAND.join(' ')} beside the book.`,
    domain_type: plan.domainType,
    depends_on: [],
    worker: workerOf(stage, plan),
  }
  return { tasks: [task] }
}

/** Proposals are no sums: those it leaves to its operator's tools. */
function isOutsiders(stage: Stage, plan: MissionPlan): boolean {
  return workerOf(stage, plan) === OUTSIDER && plan.missionClass !== 'constitutional_change'
}

async function submit(stage: Stage, plan: MissionPlan, seen: Look): Promise<Recorded> {
  const { house, cast } = stage
  const attempt = seen.attempt + 1
  const worker = workerOf(stage, plan)
  const book = bookOf(plan.id, stage.chance)
  const products = productsOf(stage, plan, attempt)
  const notes = notesOf(plan.id, worker)
  for (const bytes of [...products.map((product) => product.bytes), notes]) await house.put(bytes)
  const machine = cast.machines.find(({ id }) => id === worker)
  const computed = plan.missionClass !== 'constitutional_change'
  const statement: Json = {
    _type: STATEMENT_TYPE,
    subject: products.map(({ name, bytes }) => ({ name, digest: { sha256: digest(bytes).slice(7) } })),
    predicateType: EVIDENCE_TYPE,
    predicate: {
      mission: plan.id,
      task: TASK,
      attempt,
      worker,
      ...(machine === undefined ? {} : { model_family: machine.family, method_type: machine.method }),
      work: computed ? 'Counted the lines of the book and added up their amounts.' : 'Wrote the proposal.',
      reproduction: {
        command: computed ? [...COMMAND] : [],
        inputs: [
          { name: BOOK, digest: digest(book) },
          { name: PROGRAM, digest: digest(PROGRAM_BYTES) },
        ],
        outputs: computed ? products.map(({ name, bytes }) => ({ name, digest: digest(bytes) })) : [],
        environment: {},
      },
      intermediate: [{ name: NOTES, digest: digest(notes) }],
      started: formatTimestamp(millis(stage.now() - HOUR)),
      finished: formatTimestamp(stage.now()),
    },
  }
  const evidence = seal(STATEMENT_PAYLOAD_TYPE, statement, stage.author(worker).signer)
  return stage.attempt(worker, 'mission.submit', plan.id, { task: TASK, evidence: evidence as unknown as Json })
}

function integrate(stage: Stage, plan: MissionPlan, seen: Look): Promise<Recorded> {
  const products = productsOf(stage, plan, seen.attempt)
  return stage.attempt(plan.integrator, 'mission.integrate', plan.id, {
    outputs: products.map(({ name, mediaType, bytes }) => ({
      name,
      digest: digest(bytes),
      bytes: bytes.length,
      media_type: mediaType,
    })),
    summary:
      plan.missionClass === 'constitutional_change'
        ? 'A proposal to give reviewers more time.'
        : `The book's lines and their sum: ${Buffer.from(products[0]!.bytes).toString('utf8')}`,
  })
}
