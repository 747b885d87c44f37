/**
 * An agent in an identity registry of ERC-8004, and the statement by which whoever holds its token says that it is one
 * of our machines.
 *
 *     registry    eip155:1:0x8004…        CAIP-10: chain and contract, lower case
 *     agent id    22                      the token's id, decimal, below 2^256
 *     statement   setMetadata(22, 'genesis.machine', utf8('genesis:sha256:…:machine'))
 *
 * The statement names the deployment, so that it counts in no other one, and is made by a transaction, so that a
 * contract account can make it as well as a key.
 *
 * Source: spec 4.5; ERC-8004; CAIP-10.
 */
import { hex, utf8 } from './bytes.ts'
import { refined, string } from './shape.ts'

/** The metadata entry that carries the statement. */
export const STATEMENT_KEY = 'genesis.machine'
/** The registry's own entry for the wallet that acts for the agent. */
export const WALLET_KEY = 'agentWallet'

/** A CAIP-10 account on an EVM chain, in one spelling. */
export const registryAccount = string({ max: 65, pattern: /^eip155:[1-9][0-9]{0,14}:0x[0-9a-f]{40}$/ })

/** What a record holds of a metadata entry's value; of a longer one the beginning. Bytes. */
export const METADATA_BYTES_MAX = 512

const UINT256_END = 1n << 256n

/** An unsigned 256-bit number in decimal, without leading zeros. */
export const tokenId = refined(
  string({ max: 78, pattern: /^(?:0|[1-9][0-9]{0,77})$/ }),
  'token-id-out-of-range',
  (text) => BigInt(text) < UINT256_END,
)

export type RegistryPlace = { readonly chainId: number; readonly contract: string }

/** The account must have the shape of `registryAccount`. */
export function placeOfRegistry(account: string): RegistryPlace {
  const [, chain = '', contract = ''] = account.split(':')
  return { chainId: Number(chain), contract }
}

export function accountOfRegistry({ chainId, contract }: RegistryPlace): string {
  return `eip155:${chainId}:${contract}`
}

/** The value of the statement's metadata entry, as `0x…`. */
export function statementOf(deployment: string, machine: string): string {
  return `0x${hex(utf8(`genesis:${deployment}:${machine}`))}`
}
