/**
 * The numbers that contracts are deployed with, taken from config/constitutional_params.json and from nowhere else.
 */
import { readFileSync } from 'node:fs'

export type ContractParameters = {
  /** How many members the committee has. The contract is written for fifteen. */
  readonly members: number
  /** How many of them a certificate needs. */
  readonly threshold: number
  /** How long a key may count, in days. */
  readonly maxKeyDays: number
  /** How long phase G0, and so the founder's power to attest, can last at most: the limit and its one extension, in days. */
  readonly founderDays: number
}

/** What is read of the file; the rest of it is the law's. */
type Constitution = {
  readonly commitment_committee: { readonly n: number; readonly t: number }
  readonly key_management: { readonly KEY_ROTATION_DAYS: number }
  readonly genesis: { readonly G0_MAX_DAYS: number; readonly G0_EXTENSION_DAYS: number }
}

export function contractParameters(constitution: Constitution = read()): ContractParameters {
  return {
    members: constitution.commitment_committee.n,
    threshold: constitution.commitment_committee.t,
    maxKeyDays: constitution.key_management.KEY_ROTATION_DAYS,
    founderDays: constitution.genesis.G0_MAX_DAYS + constitution.genesis.G0_EXTENSION_DAYS,
  }
}

function read(): Constitution {
  const file = new URL('../../config/constitutional_params.json', import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as Constitution
}

/** The same for the Ignition modules of ignition/modules, whichever of them is deployed. */
export function ignitionParameters(
  people: { readonly members: readonly string[]; readonly founder: string },
  { threshold, maxKeyDays, founderDays }: ContractParameters = contractParameters(),
) {
  return {
    Committee: { members: [...people.members], threshold, maxKeyDays },
    Settlement: { founder: people.founder, founderDays, maxKeyDays },
  }
}
