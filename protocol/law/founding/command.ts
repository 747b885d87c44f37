/**
 * The genesis command: what a deployment fixes for good. It alone names no deployment; the deployment's id is the
 * hash of its entry.
 *
 * The constitution travels as three canonical JSON texts, because a record holds no fractions (spec 2.1, 2.2).
 */
import { bytes32 } from '../../wire/abi.ts'
import { beaconScheme } from '../../wire/beacon.ts'
import { actorId, digest, keyHex, timestamp, walletAddress } from '../../wire/identifiers.ts'
import * as Shape from '../../wire/shape.ts'
import { binding, organization, region } from '../constraints/codes.ts'

/** Prose that belongs to the constitution, by name. Every key that such an object has, has a text. */
const texts = Shape.record(Shape.string({ min: 1, max: 64 }), Shape.string({ min: 1, max: 200_000 }), {
  max: 16,
}) as Shape.Shape<{ readonly [name: string]: string }>

const contract = Shape.object({ chain: Shape.oneOf('operations', 'settlement'), address: walletAddress })

/** The only protocol version that this code decides. */
export const PROTOCOL_VERSION = '0.2'

export const GENESIS = 'genesis'

export const genesisBody = Shape.object({
  protocol_version: Shape.literal(PROTOCOL_VERSION),
  development: Shape.boolean(),
  epoch_ms: Shape.integer({ min: 60_000, max: 3_600_000 }),
  beacon: beaconScheme,
  constitution: Shape.object({
    params: Shape.string({ max: 200_000 }),
    policy: Shape.string({ max: 100_000 }),
    genome: Shape.string({ max: 100_000 }),
    texts,
  }),
  founder: Shape.object({
    wallet: walletAddress,
    region,
    organization,
    key: keyHex,
    key_not_after: timestamp,
    binding,
  }),
  runtime: Shape.object({
    id: actorId,
    key: keyHex,
    key_not_after: timestamp,
    may: Shape.array(Shape.string({ min: 1, max: 64 }), { max: 32, distinct: true }),
  }),
  committee: Shape.object({
    id: digest,
    threshold: Shape.integer({ min: 1, max: 64 }),
    members: Shape.array(Shape.object({ id: actorId, address: walletAddress, region }), { min: 1, max: 64 }),
  }),
  chains: Shape.array(
    Shape.object({
      role: Shape.oneOf('operations', 'settlement'),
      chain_id: Shape.integer({ min: 1 }),
      genesis_hash: bytes32,
    }),
    { min: 2, max: 2 },
  ),
  contracts: Shape.object({
    committee_registry: contract,
    commitment_log: contract,
    final_gate: contract,
    identity_registry: contract,
  }),
  refused_classes: Shape.array(Shape.string({ min: 1, max: 64 }), { max: 32, distinct: true }),
})

export type GenesisBody = Shape.Infer<typeof genesisBody>
