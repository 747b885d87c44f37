/**
 * A stranger draws again (spec 3.4, 5.4; M-03): from the texts of the entries alone, by brute force, every draw and
 * every replacement comes out as the ledger has it.
 *
 *     nonce = SHA-256( SHA-256(mission) ‖ SHA-256(task) ‖ draw as 8 bytes )
 *     seed  = SHA-256( randomness ‖ last commitment ‖ nonce ),  rank = SHA-256( seed ‖ id )
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { sealOf } from '../../../../protocol/law/review/seal.ts'
import { reviewKey } from '../../../../protocol/law/review/state.ts'
import { closeEpoch, decision, evidence, SALT, submitted } from '../../../support/law/flow.ts'
import { machine, MACHINES, person, RUNTIME, WORKER } from '../../../support/law/people.ts'
import { digestOf, readLedger, sha256, type StrangerEntry, type StrangerEvent } from '../../../support/law/stranger.ts'
import { attest, committed, drawNow, founded, register, START, type Bench } from '../../../support/law/world.ts'

const policy = JSON.parse(readFileSync(new URL('../../../../config/runtime_policy.json', import.meta.url), 'utf8')) as {
  readonly risk_tiers: { readonly [tier: string]: { readonly [rule: string]: number } }
}
const params = JSON.parse(
  readFileSync(new URL('../../../../config/constitutional_params.json', import.meta.url), 'utf8'),
) as { readonly eligibility: { readonly tau_review: { readonly [tier: string]: number } } }

const REGIONS = ['EU', 'ME', 'NA', 'XX', 'SA', 'AF', 'EU', 'EU']
const METHODS = ['reasoning_model', 'retrieval_augmented', 'rule_based_deterministic']
const MORE = Array.from({ length: 8 }, (_, i) => {
  const operator = person(`op-${i}`, REGIONS[i]!, `house-${i % 5}`)
  return machine(`extra-${i}`, operator, `family-${i % 3}`, METHODS[i % 3]!, i !== 5)
})

/** Missions of all three tiers, rework, silence of both kinds, a block, a new epoch in between. */
function busy(): Bench {
  const bench = founded()
  for (const name of ['m-a', 'm-b']) submitted(bench, name, 'regulated_analysis')
  committed(drawNow(bench))
  for (const more of MORE) {
    attest(bench, more.operator)
    register(bench, more)
  }
  committed(bench.send(MORE[0]!.operator, 'identity.enroll_reviewer', MORE[0]!.operator.id, {}))
  committed(closeEpoch(bench))
  for (let i = 0; i < 6; i++) {
    submitted(bench, `low-${i}`, 'documentation_update')
    committed(drawNow(bench))
    submitted(bench, `mid-${i}`, 'internal_operations_change')
    committed(drawNow(bench))
    submitted(bench, `high-${i}`, 'regulated_analysis')
    committed(drawNow(bench))
  }
  // Of high-0 two seal; the rest is replaced, and replaced again until the pool starves.
  const sealing = [...seats(bench, 'high-0').keys()].slice(0, 2)
  for (const id of sealing) seal(bench, 'high-0', id)
  for (let i = 0; i < 5 && bench.state.reviews.byTask.get(reviewKey('high-0', 't-1'))?.status === 'sealing'; i++) {
    bench.wait(49 * 3_600_000)
    committed(bench.send(RUNTIME, 'review.close', 'high-0', { task: 't-1' }))
  }
  // Its one reviewer asks for rework, and the next evidence is drawn for anew.
  submitted(bench, 'again', 'documentation_update')
  committed(drawNow(bench))
  const [reviewer] = seats(bench, 'again').keys()
  seal(bench, 'again', reviewer!, 'rework')
  const body = { task: 't-1', decision: decision(reviewer!, 'again', 'rework'), salt: SALT }
  committed(bench.send(signer(reviewer!), 'review.reveal', 'again', body))
  committed(bench.send(WORKER, 'mission.correct', 'again', { task: 't-1' }))
  committed(bench.send(WORKER, 'mission.submit', 'again', { task: 't-1', evidence: evidence(bench, 'again', 2) }))
  committed(drawNow(bench))
  return bench
}

function seats(bench: Bench, mission: string) {
  const review = bench.state.reviews.byTask.get(reviewKey(mission, 't-1'))
  assert.ok(review !== undefined && 'seats' in review)
  return review.seats
}

function signer(id: string) {
  const known = [...MACHINES, ...MORE, ...MORE.map(({ operator }) => operator)].find((one) => one.id === id)
  assert.ok(known !== undefined, id)
  return known
}

function seal(bench: Bench, mission: string, id: string, verdict: 'approve' | 'rework' = 'approve'): void {
  const commitment = sealOf(decision(id, mission, verdict), Buffer.from(SALT, 'hex'))
  committed(bench.send(signer(id), 'review.commit', mission, { task: 't-1', commitment }))
}

type Member = {
  readonly id: string
  readonly region: string
  readonly organization: string
  readonly operator: string
  readonly family: string
  readonly method: string
  readonly trust: number
}

/** Everything that is known before a given event: registry, missions, commitments. */
function before(events: readonly StrangerEvent[], at: StrangerEvent) {
  const people = new Map<string, { region: string; organization: string; trust: number }>()
  const operators = new Map<string, string>()
  const pool: Member[] = []
  const missions = new Map<string, { owner: string; planner: string; integrator: string; workers: Set<string> }>()
  let commitment = `sha256:${'0'.repeat(64)}`
  for (const event of events) {
    if (event === at) break
    const data = event.data as { [name: string]: string } & { [name: string]: unknown }
    switch (event.event_type) {
      case 'governance.human_attested':
        people.set(event.subject, {
          region: data.region!,
          organization: data.organization!,
          trust: data.trust as never,
        })
        break
      case 'trust.machine_registered':
        operators.set(event.subject, data.operator!)
        people.set(event.subject, {
          region: data.region!,
          organization: data.organization!,
          trust: data.trust as never,
        })
        if (data.reviews as unknown as boolean) {
          pool.push({
            id: event.subject,
            region: data.region!,
            organization: data.organization!,
            operator: data.operator!,
            family: data.model_family!,
            method: data.method_type!,
            trust: data.trust as never,
          })
        }
        break
      case 'governance.reviewer_enrolled': {
        const { region, organization, trust } = people.get(event.subject)!
        const { subject: id } = event
        pool.push({ id, region, organization, operator: id, family: 'human', method: 'human_reviewer', trust })
        break
      }
      case 'mission.created':
        missions.set(event.subject, { owner: data.owner!, planner: '', integrator: '', workers: new Set() })
        break
      case 'mission.scoped':
        Object.assign(missions.get(event.subject)!, { planner: data.planner, integrator: data.integrator })
        break
      case 'mission.task_started':
        missions.get(event.subject)!.workers.add(data.worker!)
        break
      case 'governance.epoch_closed':
        commitment = data.commitment!
        break
    }
  }
  return { people, operators, pool: pool.filter(({ region }) => region !== 'XX'), missions, commitment }
}

/** All ways to choose `count` of a list, in lexicographic order. */
function* choices<T>(list: readonly T[], count: number): Generator<readonly T[]> {
  if (count === 0) yield []
  for (let i = 0; i + count <= list.length && count > 0; i++) {
    for (const rest of choices(list.slice(i + 1), count - 1)) yield [list[i]!, ...rest]
  }
}

function valid(members: readonly Member[], tier: string): boolean {
  const rules = policy.risk_tiers[tier]!
  const spread = (name: keyof Member) => new Set(members.map((member) => member[name])).size
  return (
    spread('operator') === members.length &&
    spread('region') >= rules.min_regions! &&
    spread('organization') >= rules.min_organizations! &&
    spread('family') >= rules.min_model_families! &&
    spread('method') >= rules.min_method_types!
  )
}

const bench = busy()
const entries = readLedger(bench.texts)
const events = entries.flatMap((entry) => entry.events)
const entryOf = new Map<StrangerEvent, StrangerEntry>(
  entries.flatMap((entry) => entry.events.map((event) => [event, entry])),
)

type Opened = {
  readonly task: string
  readonly draw: number
  readonly tier: string
  readonly round: number
  readonly nonce: string
  readonly previous_commitment: string
  readonly pool_size: number
  readonly excluded: { readonly actors: string[]; readonly operators: string[]; readonly organizations: string[] }
}

describe('every draw of a busy ledger', () => {
  const draws = events.filter(({ event_type }) => event_type === 'review.draw_opened')

  it(`is there to be drawn again: ${draws.length} of them`, () => {
    const count = (type: string) => events.filter(({ event_type }) => event_type === type).length
    assert.ok(draws.length >= 20)
    assert.ok(count('review.replaced') >= 1 && count('review.blocked') >= 1)
  })

  it('was opened with the nonce of its place, the last commitment, the pool and the round of its entry', () => {
    for (const event of draws) {
      const opened = event.data as unknown as Opened
      const number = Buffer.alloc(8)
      number.writeBigUInt64BE(BigInt(opened.draw))
      assert.equal(opened.nonce, digestOf(sha256(event.subject), sha256(opened.task), number))
      const known = before(events, event)
      assert.equal(opened.previous_commitment, known.commitment)
      assert.equal(opened.pool_size, known.pool.length)
      const current = Math.floor((Date.parse(entryOf.get(event)!.recordedAt) - START) / 250) + 1
      assert.equal(opened.round, current + 40)
    }
  })

  it('excluded who had a hand in the mission, and who was silent in a seat of the task', () => {
    for (const event of draws) {
      const opened = event.data as unknown as Opened
      const { missions, operators, people } = before(events, event)
      const { owner, planner, integrator, workers } = missions.get(event.subject)!
      const silent = events
        .slice(0, events.indexOf(event))
        .filter(({ subject, data }) => subject === event.subject && Array.isArray(data.silent))
        .flatMap(({ data }) => data.silent as string[])
      const taking = [owner, planner, integrator, ...workers]
      const sorted = (names: readonly (string | undefined)[]) =>
        [...new Set(names.filter((n) => n !== undefined))].toSorted()
      assert.deepEqual(opened.excluded, {
        actors: sorted([...taking, ...silent]),
        operators: sorted(taking.map((id) => operators.get(id))),
        organizations: sorted([...workers].map((id) => people.get(id)?.organization)),
      })
    }
  })

  const randomness = new Map(
    events
      .filter(({ event_type }) => event_type === 'governance.beacon_observed')
      .map(({ data }) => [data.round as number, data as { randomness: string; signature: string }]),
  )

  it('used the randomness of its round', () => {
    for (const { randomness: value, signature } of randomness.values()) {
      assert.equal(value, sha256(Buffer.from(signature, 'hex')).toString('hex'))
    }
  })

  it('seated the first valid set in rank order, and replaced by the next of the same draw', () => {
    let seatings = 0
    for (const event of draws) {
      const opened = event.data as unknown as Opened
      const { pool } = before(events, event)
      const threshold = Math.round(params.eligibility.tau_review[opened.tier]! * 1_000_000)
      const { actors, operators, organizations } = opened.excluded
      const eligible = pool.filter(
        (member) =>
          member.trust >= threshold &&
          !actors.includes(member.id) &&
          !actors.includes(member.operator) &&
          !operators.includes(member.operator) &&
          !organizations.includes(member.organization),
      )
      const { randomness: value } = randomness.get(opened.round)!
      const raw = (digest: string) => Buffer.from(digest.slice(7), 'hex')
      const seed = sha256(Buffer.from(value, 'hex'), raw(opened.previous_commitment), raw(opened.nonce))
      const rank = (id: string) => sha256(seed, id)
      const ranked = eligible.toSorted((a, b) => Buffer.compare(rank(a.id), rank(b.id)))
      const { reviewers_required: size } = policy.risk_tiers[opened.tier]!

      let seated: readonly Member[] = []
      const gone = new Set<string>()
      const own = events.filter(
        ({ subject, event_type, data }) =>
          subject === event.subject &&
          ['review.assigned', 'review.replaced', 'review.blocked'].includes(event_type) &&
          data.draw === opened.draw,
      )
      for (const { event_type, data } of own) {
        const silent = (data.silent as string[] | undefined) ?? []
        for (const id of silent) gone.add(id)
        const kept = seated.filter(({ id }) => !gone.has(id))
        const passed = new Set(data.passed as string[])
        for (const id of gone) assert.equal(ranked.every((member) => member.id !== id) || passed.has(id), true, id)
        const free = ranked.filter((member) => !passed.has(member.id) && !kept.includes(member))
        let found: readonly Member[] | undefined
        for (const choice of choices(free, size! - kept.length)) {
          if (valid([...kept, ...choice], opened.tier)) {
            found = choice
            break
          }
        }
        if (event_type === 'review.blocked') {
          assert.equal(found, undefined, `${event.subject} was blocked and need not have been`)
          continue
        }
        seatings += 1
        assert.deepEqual(
          (data.reviewers as { id: string }[]).map(({ id }) => id),
          found?.map(({ id }) => id),
          `${event.subject} ${opened.tier} draw ${opened.draw}`,
        )
        if (event_type === 'review.assigned') assert.equal(data.seed, `sha256:${seed.toString('hex')}`)
        seated = [...kept, ...found!]
      }
    }
    assert.ok(seatings > draws.length - 2)
  })

  it('seated nobody from an undeclared region, nobody excluded, nobody twice', () => {
    const undeclared = MORE.filter(({ operator }) => operator.region === 'XX').map(({ id }) => id)
    assert.deepEqual(undeclared, ['extra-3'])
    for (const { event_type, data } of events) {
      if (event_type !== 'mission.reviewers_routed') continue
      const reviewers = data.reviewers as string[]
      assert.equal(new Set(reviewers).size, reviewers.length)
      assert.ok(!reviewers.some((id) => undeclared.includes(id)))
    }
  })
})
