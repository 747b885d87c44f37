/** The command type by which a beacon round enters the ledger: mechanical, and checked by everyone who folds it. */
import { hex } from '../../wire/bytes.ts'
import { roundAt, verifyRound, type BeaconScheme } from '../../wire/beacon.ts'
import { hexOf } from '../../wire/identifiers.ts'
import * as Shape from '../../wire/shape.ts'
import { subjectIs } from '../constraints/common.ts'
import type { CommandType, Constraint } from '../constraints/kernel.ts'
import type { Beacons } from './beacon.ts'

const body = Shape.object({ round: Shape.integer({ min: 1 }), signature: hexOf(48) })

export type Observed = Shape.Infer<typeof body>

type Rule = Constraint<Beacons, Observed>

const roundHasCome: Rule = {
  id: 'beacon-round-has-come',
  level: 'physical',
  reads: 'body',
  check: ({ command: { body: observed }, world, at }) => {
    const { beacon } = world.deployment
    // A round so far off that no calendar holds its time must be a refusal too, not a fault.
    const current = roundAt(beacon, at)
    return observed.round <= current ? undefined : { round: observed.round, current }
  },
}

const verified = new WeakMap<Observed, ReturnType<typeof verifyRound>>()

/** The pairing takes 20 ms; the constraint and the decision look at the same body. */
function verifiedRound(scheme: BeaconScheme, body: Observed): ReturnType<typeof verifyRound> {
  const known = verified.get(body)
  if (known !== undefined) return known
  const round = verifyRound(scheme, body.round, body.signature)
  verified.set(body, round)
  return round
}

/** A value that is not that round's is refused (reading X15). */
const roundIsGenuine: Rule = {
  id: 'beacon-round-is-genuine',
  level: 'physical',
  reads: 'body',
  check: ({ command: { body: observed }, world }) => {
    const round = verifiedRound(world.deployment.beacon, observed)
    return round.ok ? undefined : { round: observed.round, code: round.error.code }
  },
}

const roundIsNew: Rule = {
  id: 'beacon-round-is-new',
  level: 'operational',
  reads: 'body',
  check: ({ own, command }) => (own.has(command.body.round) ? { round: command.body.round } : undefined),
}

export const observed: CommandType<Beacons, Observed> = {
  type: 'beacon.observed',
  domain: 'governance',
  effect: 'mechanical',
  signers: ['runtime'],
  owner: 'nobody: it states a public fact',
  subjectKind: 'beacon',
  body,
  constraints: [roundHasCome, roundIsGenuine, subjectIs('beacon'), roundIsNew],
  decide: ({ command, world }) => {
    const { round, signature } = command.body
    const genuine = verifiedRound(world.deployment.beacon, command.body)
    if (!genuine.ok) return []
    const randomness = hex(genuine.value.randomness)
    return [{ event_type: 'governance.beacon_observed', subject: 'beacon', data: { round, randomness, signature } }]
  },
}
