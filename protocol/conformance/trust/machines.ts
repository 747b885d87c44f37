/** The life of machines as the vectors have it: re-certification, quarantine, decommission, what an identity keeps. */
import { constitution } from './in-force.ts'
import { failuresInWindow, isPastItsLimit } from '../../law/machine/limits.ts'
import { suffice } from '../../law/machine/recertification.ts'
import type { Life, RegisteredMachine } from '../../law/machine/state.ts'
import { DAY, formatTimestamp, HOUR, millis } from '../../wire/time.ts'
import { booleanAt, firstOf, listAt, numberAt, recordsAt, same, textAt, type Check, type Vector } from '../suite.ts'
import { mayGain } from '../../law/trust/rules/gain.ts'
import { deployment } from '../missions/deployment.ts'
import { secretOf, WORKER } from '../missions/people.ts'
import { publicKeyOf } from '../../wire/ed25519.ts'
import { hex } from '../../wire/bytes.ts'
import { worldOf } from '../../law/world.ts'
import { fieldsOf, micro, near } from './figures.ts'
import { updated } from './update.ts'

export const recertification: Check = (vector) => {
  const attempt = fieldsOf(vector, 'attempt')
  const results = {
    correctness_ppm: micro(attempt.correctness, 'correctness'),
    severe_errors_ppm: micro(attempt.severe_error_rate, 'severe_error_rate'),
    reproducibility_ppm: micro(attempt.reproducibility, 'reproducibility'),
  }
  const signers = recordsAt(attempt, 'signatures')
    .filter((signature) => signature.kind === 'human' && signature.independent === true)
    .map((signature) => textAt(signature, 'id'))
  const { signatures } = constitution.machines.recertification
  return same(
    'passes',
    booleanAt(vector, 'passes'),
    suffice(results, constitution) && new Set(signers).size >= signatures,
  )
}

/** A machine with this life, on a calendar that begins before the vectors' first day. */
function machineOf(life: Life, failuresDays: readonly unknown[]): RegisteredMachine {
  const failures = failuresDays.map((day) => onDay(Number(day)))
  const none = { fingerprints: [], lineage: [], kin: [], examined: [], steps: [] }
  const names = { id: 'm', operator: 'o', region: 'EU', organization: 'x', modelFamily: 'f', methodType: 'x' }
  return {
    ...names,
    ...none,
    fingerprint: '',
    extended: false,
    reviews: true,
    life,
    failures,
    agent: undefined,
    forfeitedSeq: undefined,
  }
}

const onDay = (day: number) => millis((day + 1_000) * DAY)

export const state: Check = (vector) => {
  const machine = fieldsOf(vector, 'machine')
  const given = stateOf(machine)
  const serves = given === 'active'
  return firstOf(
    same('state', textAt(vector, 'state'), given),
    same('privileged_routing', booleanAt(vector, 'privileged_routing'), serves),
    same('reviewer_privileges', booleanAt(vector, 'reviewer_privileges'), serves),
  )
}

function stateOf(vector: Vector): Life['status'] {
  const now = onDay(numberAt(vector, 'now_day'))
  const trust = micro(vector.T_M, 'T_M')
  const day = vector.zero_since_day
  const since = onDay(typeof day === 'number' ? day : 0)
  const life: Life =
    trust === 0 ? { status: 'quarantined', zeroSince: since, since, application: undefined } : { status: 'active' }
  const machine = machineOf(life, listAt(vector, 'recert_failures_days'))
  const { failures } = constitution.machines.decommission
  if (booleanAt(vector, 'malicious_high_severity')) return 'decommissioned'
  if (isPastItsLimit(machine, constitution, now)) return 'decommissioned'
  if (failuresInWindow(machine, constitution, now) >= failures) return 'decommissioned'
  if (trust === 0) return 'quarantined'
  return numberAt(vector, 'probation_tasks_left') > 0 ? 'probation' : 'active'
}

export const windowEdge: Check = (vector) => {
  const machine = machineOf({ status: 'active' }, listAt(vector, 'recert_failures_days'))
  const counted = failuresInWindow(machine, constitution, onDay(numberAt(vector, 'now_day')))
  return same('decommissioned', true, counted >= constitution.machines.decommission.failures)
}

/** Out of service nothing is gained, whatever the work. */
export const quarantineGain: Check = (vector) => {
  const input = fieldsOf(vector, 'in')
  const trust = micro(input.T_now, 'T_now')
  const offered = mayGain({ trust, status: statusOf(textAt(vector, 'state')) }) ? input : { ...input, proof: 'none' }
  const given = updated(fieldsOf(vector, 'params'), offered)
  const expected = fieldsOf(vector, 'out')
  return firstOf(near('gain', expected.gain, given.gain), near('T_next', expected.T_next, given.next))
}

function statusOf(text: string): Life['status'] {
  return text === 'decommissioned' || text === 'quarantined' || text === 'probation' ? text : 'active'
}

function lifeOf(status: Life['status']): Life {
  if (status === 'quarantined') return { status, zeroSince: millis(0), since: millis(0), application: undefined }
  return status === 'probation' ? { status, sinceSeq: 0, done: 0, needed: 1 } : { status }
}

/** A new key changes no machine's life; a machine on probation may take low-risk work. */
export const identity: Check = (vector) => {
  const world = deployment([])
  const machine = world.state.machines.get(WORKER.id)
  if (machine === undefined) return same('machine', 'there', 'absent')
  const life = lifeOf(statusOf(textAt(vector, 'state')))
  world.state.machines.set(machine.id, { ...machine, life })
  if (life.status !== 'active') world.state.notActive.set(machine.id, life.status)
  if (textAt(vector, 'event') === 'key_rotation') {
    const key = hex(publicKeyOf(secretOf('another key of the worker')))
    world.send(WORKER.operator, 'machine.add_key', WORKER.id, {
      key,
      not_after: formatTimestamp(millis(world.now() + HOUR)),
    })
    return same('state_after', textAt(vector, 'state_after'), world.state.machines.get(WORKER.id)?.life.status)
  }
  return same('accept', booleanAt(vector, 'accept'), !worldOf(world.state).unfit('R0').has(WORKER.id))
}
