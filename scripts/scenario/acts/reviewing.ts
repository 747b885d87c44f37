/**
 * Whoever holds a seat seals a decision and reveals it: by adding up for themselves. Some are silent, some seal and do
 * not reveal, some leave the seat, some look carelessly; who, the seed decides.
 */
import { hex, utf8 } from '../../../protocol/wire/bytes.ts'
import type { Json } from '../../../protocol/wire/canonical-json.ts'
import { digest, hash } from '../../../protocol/wire/sha256.ts'
import { HOUR, millis, MINUTE, type Millis } from '../../../protocol/wire/time.ts'
import type { ReviewDecision } from '../../../protocol/law/review/event.ts'
import { sealOf } from '../../../protocol/law/review/seal.ts'
import type { Stage } from '../stage.ts'
import { bookOf, holds } from '../work.ts'
import { modelOf, modelTakesTurn } from './models.ts'
import { handedIn, TASK, type Look, type MissionPlan } from './plan.ts'

type Conduct = 'diligent' | 'silent' | 'keeps-it-sealed' | 'careless' | 'recuses'

function conductOf(stage: Stage, plan: MissionPlan, seat: string, attempt: number): Conduct {
  const turn = stage.chance.number(`conduct ${seat} ${plan.id} ${attempt}`, 1000)
  if (turn < 20) return 'silent'
  if (turn < 35) return 'keeps-it-sealed'
  if (turn < 60) return 'careless'
  return turn < 70 ? 'recuses' : 'diligent'
}

/** All who hold a seat do what they do now; answers when to look again. */
export async function takeSeats(stage: Stage, plan: MissionPlan, seen: Look, turn: string): Promise<Millis> {
  const { review } = seen
  if (review?.status === 'sealing') {
    for (const { id, sealed } of review.seats) {
      const conduct = conductOf(stage, plan, id, seen.attempt)
      if (sealed || conduct === 'silent') continue
      if (conduct === 'recuses') {
        const reason = 'I have advised whoever worked on it.'
        await stage.attempt(id, 'review.recuse', plan.id, { task: TASK, reason })
        continue
      }
      const model = modelOf(stage, id)
      if (model !== undefined) {
        await modelTakesTurn(stage, model, plan.id)
        continue
      }
      const commitment = sealOf(opinionOf(stage, plan, id, seen), saltOf(stage, plan, id, seen))
      await stage.attempt(id, 'review.commit', plan.id, { task: TASK, commitment })
    }
    return afterWindow(stage, plan, review.until, turn)
  }
  if (review?.status === 'revealing') {
    for (const { id, revealed } of review.seats) {
      if (revealed || conductOf(stage, plan, id, seen.attempt) === 'keeps-it-sealed') continue
      const model = modelOf(stage, id)
      if (model !== undefined) {
        await modelTakesTurn(stage, model, plan.id)
        continue
      }
      const decision = opinionOf(stage, plan, id, seen) as unknown as Json
      const salt = hex(saltOf(stage, plan, id, seen))
      await stage.attempt(id, 'review.reveal', plan.id, { task: TASK, decision, salt })
    }
    return afterWindow(stage, plan, review.until, turn)
  }
  return stage.hoursOn(6, turn)
}

/** A little later if all have done it; else when the window has been closed for those who did not. */
async function afterWindow(stage: Stage, plan: MissionPlan, until: Millis | undefined, turn: string): Promise<Millis> {
  const missing = await stage.house.ask((state) => {
    const now = state.reviews.byTask.get(`${plan.id}/${TASK}`)
    if (now?.status === 'sealing') return [...now.seats.values()].some((seat) => seat.commitment === undefined)
    if (now?.status === 'revealing') return until === now.revealBy
    return false
  })
  return missing && until !== undefined ? millis(until + HOUR + 5 * MINUTE) : stage.hoursOn(1, turn)
}

function opinionOf(stage: Stage, plan: MissionPlan, reviewer: string, seen: Look): ReviewDecision {
  const book = bookOf(plan.id, stage.chance)
  const report = handedIn(stage, plan, seen.attempt)
  const right = holds(book, report)
  const careless = conductOf(stage, plan, reviewer, seen.attempt) === 'careless'
  const approves = (right || plan.collusion) !== careless
  const points = (name: string): number =>
    (approves ? 86 : 20) + stage.chance.number(`${name} ${reviewer} ${plan.id} ${seen.attempt}`, 14)
  const verdict = approves ? 'approve' : careless || plan.firstReport === 'careless' ? 'rework' : 'reject'
  return {
    attempt: seen.attempt,
    mission: plan.id,
    normative_dispute:
      plan.disputed && seen.attempt === 1 && stage.chance.permille(`dispute ${reviewer} ${plan.id}`, 700),
    reasons: [
      {
        text: approves ? 'Added up the book: the report agrees.' : 'Added up the book: the report does not agree.',
        references: [{ artifact: digest(report), locator: '/total' }],
      },
    ],
    reviewer,
    scores: {
      completeness: points('completeness'),
      correctness: points('correctness'),
      policy_compliance: points('policy'),
    },
    task: TASK,
    verdict,
  }
}

/** Known to the reviewer alone, were the seed not known to everybody. */
function saltOf(stage: Stage, plan: MissionPlan, reviewer: string, seen: Look): Uint8Array {
  const secret = stage.house.seed.wallet(`salt ${reviewer}`).secret
  return hash(utf8(`${hex(secret)} ${plan.id} ${seen.attempt} ${seen.review?.draw ?? 0}`))
}
