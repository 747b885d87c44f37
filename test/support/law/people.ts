/**
 * Named people with fixed keys: the same in every run. Each has an Ed25519 key for commands and a wallet.
 *
 * Ada founds; Bea to Ivy are eight operators of eight organizations over several regions; Noor owns missions and
 * approves; each operator runs one machine.
 */
import { publicKeyOf, sign } from '../../../protocol/wire/ed25519.ts'
import { digest, digestBytes } from '../../../protocol/wire/sha256.ts'
import { hex } from '../../../protocol/wire/bytes.ts'
import type { Signer } from '../../../protocol/wire/dsse.ts'
import { addressOf } from '../../../protocol/wire/wallet.ts'

export type Person = {
  readonly id: string
  readonly signer: Signer
  readonly key: string
  readonly walletSecret: Uint8Array
  readonly wallet: string
  readonly region: string
  readonly organization: string
}

export function secretOf(name: string): Uint8Array {
  return digestBytes(digest(`genesis test secret: ${name}`))
}

/** A BLS secret below the order of the curve: the two highest bits are cleared. */
export function blsSecretOf(name: string): Uint8Array {
  const secret = secretOf(`${name} bls`)
  secret[0] = (secret[0] ?? 0) & 0x3f
  return secret
}

export function signerOf(name: string): Signer {
  const secret = secretOf(`${name} ed25519`)
  const publicKey = publicKeyOf(secret)
  return { publicKey, sign: (message) => sign(message, secret) }
}

export function person(id: string, region: string, organization: string): Person {
  const signer = signerOf(id)
  const walletSecret = secretOf(`${id} wallet`)
  return { id, signer, key: hex(signer.publicKey), walletSecret, wallet: addressOf(walletSecret), region, organization }
}

export const ADA = person('ada', 'EU', 'founders')
export const NOOR = person('noor', 'ME', 'owners')

export const OPERATORS = [
  person('bea', 'EU', 'alder'),
  person('cem', 'ME', 'birch'),
  person('dao', 'APAC', 'cedar'),
  person('eli', 'NA', 'dogwood'),
  person('fay', 'AF', 'elm'),
  person('gus', 'SA', 'fir'),
  person('hua', 'APAC', 'ginkgo'),
  person('ivy', 'OC', 'hazel'),
] as const

export type MachineFacts = {
  readonly id: string
  readonly operator: Person
  readonly signer: Signer
  readonly key: string
  readonly family: string
  readonly method: string
  readonly reviews: boolean
}

export function machine(id: string, operator: Person, family: string, method: string, reviews: boolean): MachineFacts {
  const signer = signerOf(id)
  return { id, operator, signer, key: hex(signer.publicKey), family, method, reviews }
}

/** What a model answers to, as its operator states it: one per family here. */
export function fingerprintOf(family: string): string {
  return digest(`model ${family}`)
}

const [bea, cem, dao, eli, fay, gus, hua, ivy] = OPERATORS

export const PLANNER = machine('planner-1', bea, 'graph-planner', 'rule_based_deterministic', false)
export const WORKER = machine('worker-1', cem, 'recompute-ts', 'rule_based_deterministic', false)
export const INTEGRATOR = machine('integrator-1', dao, 'assembler', 'rule_based_deterministic', false)

/** Exactly five may review, so an R2 draw seats them all. */
export const REVIEWERS = [
  machine('reviewer-ts', eli, 'recompute-ts', 'rule_based_deterministic', true),
  machine('reviewer-sql', fay, 'recompute-sql', 'rule_based_deterministic', true),
  machine('reviewer-bm25', gus, 'bm25', 'retrieval_augmented', true),
  machine('reviewer-rerun', hua, 'rerun', 'rule_based_deterministic', true),
  machine('reviewer-quality', ivy, 'data-quality', 'retrieval_augmented', true),
] as const

/** A reviewer by id; `reviewer-ts-2` is a second machine of that reviewer's operator, of another model: no kin. */
export function reviewerOf(id: string): MachineFacts | undefined {
  const first = REVIEWERS.find((reviewer) => id === reviewer.id || id.startsWith(`${reviewer.id}-`))
  if (first === undefined || first.id === id) return first
  return machine(id, first.operator, `${first.family}${id.slice(first.id.length)}`, first.method, true)
}

export const MACHINES = [PLANNER, WORKER, INTEGRATOR, ...REVIEWERS] as const

export const RUNTIME = { id: 'runtime', signer: signerOf('runtime'), key: hex(signerOf('runtime').publicKey) }
