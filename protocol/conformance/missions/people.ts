/**
 * Named people and machines with fixed keys: a small deployment on which vectors about missions are run.
 *
 * Secrets are the digests of names; nobody else may ever use them.
 */
import { hex } from '../../wire/bytes.ts'
import type { Signer } from '../../wire/dsse.ts'
import { publicKeyOf, sign } from '../../wire/ed25519.ts'
import { hash } from '../../wire/sha256.ts'
import { utf8 } from '../../wire/bytes.ts'
import { addressOf } from '../../wire/wallet.ts'

export type Person = {
  readonly id: string
  readonly signer: Signer
  readonly key: string
  readonly walletSecret: Uint8Array
  readonly wallet: string
  readonly region: string
  readonly organization: string
}

export type Machine = {
  readonly id: string
  readonly operator: Person
  readonly signer: Signer
  readonly key: string
  readonly family: string
  readonly method: string
}

export function secretOf(name: string): Uint8Array {
  return hash(utf8(`genesis conformance: ${name}`))
}

export function signerOf(name: string): Signer {
  const secret = secretOf(name)
  return { publicKey: publicKeyOf(secret), sign: (message) => sign(message, secret) }
}

export function person(id: string, region: string, organization: string): Person {
  const signer = signerOf(id)
  const walletSecret = secretOf(`${id}, wallet`)
  return { id, signer, key: hex(signer.publicKey), walletSecret, wallet: addressOf(walletSecret), region, organization }
}

export function machine(id: string, operator: Person, family: string, method: string): Machine {
  const signer = signerOf(id)
  return { id, operator, signer, key: hex(signer.publicKey), family, method }
}

export const FOUNDER = person('founder', 'EU', 'founders')
export const OWNER = person('owner', 'ME', 'owners')

export const PLANNER = machine('planner', person('op-planner', 'EU', 'alder'), 'planner', 'rule_based_deterministic')
export const WORKER = machine('worker', person('op-worker', 'ME', 'birch'), 'worker', 'rule_based_deterministic')
export const INTEGRATOR = machine(
  'integrator',
  person('op-integrator', 'APAC', 'cedar'),
  'assembler',
  'rule_based_deterministic',
)

/** Five, as different as the second risk tier asks for. */
export const REVIEWERS: readonly Machine[] = [
  machine('reviewer-1', person('op-1', 'NA', 'dogwood'), 'claude', 'reasoning_model'),
  machine('reviewer-2', person('op-2', 'AF', 'elm'), 'gpt', 'retrieval_augmented'),
  machine('reviewer-3', person('op-3', 'SA', 'fir'), 'gemini', 'rule_based_deterministic'),
  machine('reviewer-4', person('op-4', 'OC', 'ginkgo'), 'claude', 'reasoning_model'),
  machine('reviewer-5', person('op-5', 'LATAM', 'hazel'), 'gpt', 'retrieval_augmented'),
]
