/**
 * The command type that closes an epoch: mechanical, no choice in it. Its event carries the commitment record, which
 * everyone who folds the ledger computes again.
 *
 * Source: spec 2.3.
 */
import { roundAt } from '../../wire/beacon.ts'
import { COMMITMENT_VERSION, commitmentHash, epochEnd, type CommitmentRecord } from '../../wire/commitment.ts'
import { actorId, timestamp } from '../../wire/identifiers.ts'
import * as Shape from '../../wire/shape.ts'
import type { Digest } from '../../wire/sha256.ts'
import { parseTimestamp, type Millis } from '../../wire/time.ts'
import { subjectIs } from '../constraints/common.ts'
import { REFUSED_ACTORS_MAX, REFUSED_COUNT_MAX } from '../constraints/limits.ts'
import type { CommandType, Constraint, Scene } from '../constraints/kernel.ts'
import { nonceRoot, rootOf, type OpenEpoch } from './accumulator.ts'
import type { EpochEvent } from './event.ts'
import { mayEndAt } from './schedule.ts'
import type { Epochs } from './state.ts'

/**
 * How often each actor was turned away above their rate (spec 2.2). What the runtime has seen and nobody else: it moves
 * nothing, and is left out where there is nothing to count.
 */
const refused = Shape.array(
  Shape.object({ actor: actorId, count: Shape.integer({ min: 1, max: REFUSED_COUNT_MAX }) }),
  { min: 1, max: REFUSED_ACTORS_MAX },
)

const body = Shape.object({ epoch: Shape.integer({ min: 0 }), end: timestamp }, { refused })

export type Close = Shape.Infer<typeof body>

/** What the closing of an epoch reads: the epochs, the records of the open one, the ledger's head. */
export type EpochBooks = {
  readonly epochs: Epochs
  readonly open: OpenEpoch
  readonly head: () => Digest
}

type Rule = Constraint<EpochBooks, Close>

const isTheOpenEpoch: Rule = {
  id: 'epoch-is-the-open-one',
  level: 'operational',
  reads: 'body',
  check: ({ own, command }) =>
    command.body.epoch === own.epochs.current ? undefined : { epoch: command.body.epoch, open: own.epochs.current },
}

const endIsDue: Rule = {
  id: 'epoch-end-is-due',
  level: 'physical',
  reads: 'body',
  check: ({ own, command, world, at }) => {
    const { epochMs, development } = world.deployment
    const due = mayEndAt({ lastEnd: own.epochs.lastEnd, epochMs, development }, endOf(command.body), at)
    return due ? undefined : { end: command.body.end }
  },
}

/** One count each, in order of their ids, of actors that there are. */
const refusedAreKnown: Rule = {
  id: 'refused-are-known-actors',
  level: 'operational',
  reads: 'body',
  check: ({ command, world }) => {
    const ids = command.body.refused?.map(({ actor }) => actor) ?? []
    const odd = ids.find((id, i) => {
      const kind = world.actor(id)?.kind
      return (kind !== 'human' && kind !== 'machine') || (i > 0 && ids[i - 1]! >= id)
    })
    return odd === undefined ? undefined : { actor: odd }
  },
}

export const close: CommandType<EpochBooks, Close> = {
  type: 'epoch.close',
  domain: 'governance',
  effect: 'mechanical',
  signers: ['runtime'],
  owner: 'nobody: it states that time has passed',
  subjectKind: 'epochs',
  body,
  constraints: [endIsDue, subjectIs('epochs'), isTheOpenEpoch, refusedAreKnown],
  decide: (scene) => [closed(scene)],
}

function closed({ own, command, world, seq }: Scene<EpochBooks, Close>): EpochEvent {
  const { epochs, open } = own
  const { leaves } = open
  const end = endOf(command.body)
  const record: CommitmentRecord = {
    commitment_version: COMMITMENT_VERSION,
    ...epochEnd(end),
    previous_commitment_hash: epochs.lastCommitment,
    mission_event_root: rootOf(leaves.mission),
    trust_delta_root: rootOf(leaves.trust),
    governance_ballot_root: rootOf(leaves.governance),
    review_decision_root: rootOf(leaves.review),
    public_beacon_round: roundAt(world.deployment.beacon, end),
    chamber_nonce: nonceRoot(open.nonces),
  }
  return {
    event_type: 'governance.epoch_closed',
    subject: 'epochs',
    data: {
      epoch: epochs.current,
      record,
      commitment: commitmentHash(record),
      entry_counts: {
        mission: leaves.mission.length,
        trust: leaves.trust.length,
        governance: leaves.governance.length,
        review: leaves.review.length,
      },
      first_seq: epochs.firstSeq,
      last_seq: seq - 1,
      ledger_head: own.head(),
      human_count: world.humans(),
      constitution: world.constitution.hash,
      ...(command.body.refused === undefined ? {} : { refused: command.body.refused }),
    },
  }
}

function endOf(close: Close): Millis {
  const end = parseTimestamp(close.end)
  return end.ok ? end.value : (0 as Millis)
}
