/** Who takes part in the packaged missions: the development deployment's people, with keys made from public words. */
import { hex, utf8 } from '../../protocol/wire/bytes.ts'
import type { Signer } from '../../protocol/wire/dsse.ts'
import { publicKeyOf, sign } from '../../protocol/wire/ed25519.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { hash } from '../../protocol/wire/sha256.ts'
import { MACHINES, OPERATORS, WORKER, type DevelopmentMachine } from '../start/people.ts'

export type Actor = {
  readonly id: string
  readonly key: string
  readonly operator: string
  readonly region: string
  readonly organization: string
  readonly model_family: string
  readonly method_type: string
}

/** For show only: anybody can make this key. */
export function signerOf(id: string): Signer {
  const secret = hash(utf8(`genesis worked mission, public key material: ${id}`))
  return { publicKey: publicKeyOf(secret), sign: (message) => sign(message, secret) }
}

export function actorOf({ id, operator, modelFamily, methodType }: DevelopmentMachine): Actor {
  const person = OPERATORS.find((one) => one.id === operator)
  if (person === undefined) throw new Fault('operator-unknown', { operator })
  const { region, organization } = person
  const key = hex(signerOf(id).publicKey)
  return { id, key, operator, region, organization, model_family: modelFamily, method_type: methodType }
}

export const WORKING = MACHINES.find(({ id }) => id === WORKER)!
export const REVIEWING = MACHINES.filter(({ reviews }) => reviews)
