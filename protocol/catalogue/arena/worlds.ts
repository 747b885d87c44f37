/**
 * Worlds that attacks need and the simulation's own is not: made by signed commands alone, as anybody's would be.
 *
 *     withPeople      humans who had a hand in nothing
 *     quarantined     the worker's trust is zero, by an upheld incident
 *     decommissioned  the same, and retired for malice by a human's wallet
 *     risenTooFast    three pieces of R2 work in one epoch: the third gain waits
 *     atItsLimit      a year in founder stewardship, everybody's keys renewed
 */
import { bytes32OfDigest } from '../../wire/abi.ts'
import { actDigest, actDomain, bodyHash, parseAct } from '../../wire/act.ts'
import { hex } from '../../wire/bytes.ts'
import type { Json } from '../../wire/canonical-json.ts'
import { Fault } from '../../wire/fault.ts'
import type { Digest } from '../../wire/sha256.ts'
import { DAY, formatTimestamp, HOUR, millis, SECOND } from '../../wire/time.ts'
import { sign as walletSign } from '../../wire/wallet.ts'
import { worldOf } from '../../law/world.ts'
import {
  attestation,
  binding,
  CHAIN_ID,
  deployment,
  IDENTITY_REGISTRY,
  isCommitted,
  RUNTIME,
  type Deployment,
  type Sent,
} from '../../conformance/missions/deployment.ts'
import { lead } from '../../conformance/missions/guards.ts'
import { decisionLog, missionRun } from '../../conformance/missions/mission.ts'
import { FOUNDER, OWNER, person, REVIEWERS, signerOf, WORKER, type Person } from '../../conformance/missions/people.ts'
import type { Sender } from '../attacks/attack.ts'

const REGIONS = ['EU', 'NA', 'APAC', 'AF']

/** Eight humans of four regions and four houses. */
export const CITIZENS: readonly Person[] = Array.from({ length: 8 }, (_, i) =>
  person(`citizen-${i}`, REGIONS[i % 4] ?? 'EU', `house-${i % 4}`),
)

export const [REPORTER, RESOLVER, RETIRER] = CITIZENS as readonly [Person, Person, Person]

function must(sent: Sent, part: string): void {
  if (!isCommitted(sent)) throw new Fault('arena-not-ready', { part, refused: sent?.violations[0]?.constraint ?? '' })
}

export function withPeople(people: readonly Person[] = CITIZENS): Deployment {
  const world = deployment(REVIEWERS)
  attest(world, people)
  return world
}

export function attest(world: Deployment, people: readonly Person[]): void {
  for (const human of people) must(world.send(FOUNDER, 'identity.attest', human.id, attestation(human)), human.id)
}

/** Any recorded fact: the events of the founding, one after another. */
export const fact = (position: number): string => `000000000000-${String(position).padStart(3, '0')}`

export function misconduct(accused: string): { readonly [field: string]: Json } {
  const account = 'Its report is another one’s.'
  return { kind: 'forged-evidence', severity: 'severe', concerns: [accused], accused, account }
}

export const UPHELD = { resolution: 'upheld', reason: 'I looked at the files.' }

/** Severe misconduct, reported by one human and found true by another. */
export function upheldAgainst(world: Deployment, accused: string, incident: string, ground = 0): void {
  const grounds = { grounds: [fact(ground)] }
  must(world.send(REPORTER, 'incident.report', incident, misconduct(accused), grounds), 'report')
  must(world.send(RESOLVER, 'incident.resolve', incident, UPHELD), 'resolve')
}

/** The mission whose task the worker had begun. */
export const INTERRUPTED = 'm-interrupted'

export function quarantined(): Deployment {
  const world = withPeople()
  const run = missionRun(world, INTERRUPTED, 'R1')
  run.create()
  lead(run, 'InProgress')
  upheldAgainst(world, WORKER.id, 'i-forged')
  return world
}

export function decommissioned(): Deployment {
  const world = quarantined()
  // What cannot be undone is not built on a finding that can still be appealed.
  world.wait((world.state.founded?.constitution.appeals.windowMs ?? 0) + 1)
  world.publishEpochs()
  const expects = worldOf(world.state).revision(WORKER.id)
  must(
    world.send(RETIRER, 'machine.decommission', WORKER.id, retirement(world, expects), { expects }),
    'machine.decommission',
  )
  return world
}

function retirement(world: Deployment, revision: number): Json {
  const stated = { incident: 'i-forged', reason: 'It forged what it was trusted for.' }
  const deadline = Math.floor((world.now() + HOUR) / SECOND)
  const act = parseAct({
    deployment: bytes32OfDigest(world.state.founded?.deployment.id as Digest),
    command: 'machine.decommission',
    subject: WORKER.id,
    revision,
    bodyHash: bodyHash(stated),
    signer: RETIRER.wallet,
    iUnderstandIt: true,
    iCommitIt: true,
    iAcceptItsConsequences: true,
    deadline,
  })
  if (!act.ok) throw new Fault('arena-not-ready', { part: 'act', code: act.error.code })
  const signature = walletSign(actDigest(actDomain(CHAIN_ID, IDENTITY_REGISTRY), act.value), RETIRER.walletSecret)
  const acknowledged = { i_understand_it: true, i_commit_it: true, i_accept_its_consequences: true }
  return { ...stated, act: { signer: RETIRER.wallet, ...acknowledged, deadline, signature } }
}

/** Three missions completed within one epoch, and their commitments final. */
export function risenTooFast(): Deployment {
  const world = withPeople()
  const runs = [1, 2, 3].map((number) => missionRun(world, `m-fast-${number}`, 'R2'))
  for (const run of runs) {
    run.create()
    lead(run, 'FinalHumanGate')
  }
  world.publishEpochs()
  for (const { id } of runs) {
    const log = decisionLog(world, world.state.missions.get(id), 'approve', OWNER, OWNER)
    must(world.observeDecision(log), id)
  }
  world.publishEpochs()
  return world
}

const RENEWALS = [75, 150, 225, 300]

/** Whoever still signs when the first phase comes to its limit, with the last of their keys. */
export const LATE: { readonly [who in 'founder' | 'owner' | 'operator' | 'worker' | 'runtime']: Sender } = {
  founder: renewed(FOUNDER, RENEWALS.length),
  owner: renewed(OWNER, RENEWALS.length),
  operator: renewed(WORKER.operator, RENEWALS.length),
  worker: renewed(WORKER, RENEWALS.length),
  runtime: renewed(RUNTIME, RENEWALS.length),
}

function renewed(who: Sender, times: number): Sender {
  return times === 0 ? who : { id: who.id, signer: signerOf(`${who.id}, key ${times}`) }
}

/** 365 days after the founding, to the millisecond. */
export function atItsLimit(): Deployment {
  const world = deployment(REVIEWERS)
  const startedAt = world.state.founded?.deployment.startedAt ?? world.now()
  RENEWALS.forEach((day, times) => {
    world.wait(startedAt + day * DAY - world.now())
    const until = millis(world.now() + 89 * DAY)
    for (const human of [FOUNDER, OWNER, WORKER.operator]) {
      const key = hex(renewed(human, times + 1).signer.publicKey)
      const bound = { key, purpose: 'command', not_after: formatTimestamp(until) }
      const body = { ...bound, binding: binding(human, { key, notAfter: until }) }
      must(world.send(renewed(human, times), 'identity.bind_key', human.id, body), human.id)
    }
    const next = (who: Sender) => ({
      key: hex(renewed(who, times + 1).signer.publicKey),
      not_after: formatTimestamp(until),
    })
    const operator = renewed(WORKER.operator, times + 1)
    must(world.send(operator, 'machine.add_key', WORKER.id, next(WORKER)), WORKER.id)
    must(world.send(renewed(FOUNDER, times + 1), 'runtime.rotate_key', RUNTIME.id, next(RUNTIME)), RUNTIME.id)
  })
  world.wait(startedAt + (world.state.founded?.constitution.phases.g0MaxMs ?? 0) - world.now())
  return world
}
