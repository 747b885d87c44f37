/**
 * EIP-712 typed data. A struct is written once; its type string, its digest, its JSON for the wallet and the shape
 * that reads it from outside all come from that one table.
 *
 *     const VOTE = struct('Vote', { mission: BYTES32, voter: ADDRESS, reason: TEXT })
 *     type Vote = Message<typeof VOTE>
 *     digest = keccak(0x1901 ‖ domain separator ‖ keccak(keccak('Vote(bytes32 mission,…)') ‖ word ‖ word ‖ word))
 *
 *     domain separator = keccak( keccak('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)')
 *                        ‖ keccak(name) ‖ keccak(version) ‖ chainId (32 BE) ‖ verifyingContract (32, left-padded) )
 *
 * The order of the fields is the order they are written in. Strings are hashed (keccak of UTF-8) and must be
 * well-formed: wallets hash a lone surrogate as U+FFFD without a word, so that two texts would share a signature.
 * Integers are safe integers, well inside their Solidity type.
 *
 * Errors: those of `Shape.parse`, `text-ill-formed`; Fault `typed-data-ill-formed` when a caller passes an unparsed message.
 * Source: EIP-712.
 */
import { addressWord, boolWord, bytes32 as bytes32Shape, bytes32Word, uintWord, type Bytes32 } from './abi.ts'
import * as Bytes from './bytes.ts'
import { Fault } from './fault.ts'
import { walletAddress, type WalletAddress } from './identifiers.ts'
import { keccak } from './keccak.ts'
import type { Malformed } from './malformed.ts'
import type { Result } from './result.ts'
import { boolean, integer, object, parse, refined, string, type Infer, type Shape } from './shape.ts'

export { recover } from './wallet.ts'

/** How a field is named in Solidity, read from JSON and laid into its word. */
export type Column<T = unknown> = {
  readonly type: 'bytes32' | 'address' | 'uint64' | 'bool' | 'string'
  readonly shape: Shape<T>
  word(value: T): Uint8Array
}

export type Columns = { readonly [name: string]: Column }

export type Struct<C extends Columns = Columns> = {
  readonly name: string
  readonly columns: C
  /** `Vote(bytes32 mission,address voter,string reason)` */
  readonly type: string
  readonly shape: Shape<MessageOf<C>>
}

export type MessageOf<C extends Columns> = { readonly [name in keyof C]: Infer<C[name]['shape']> }
export type Message<S> = S extends Struct<infer C> ? MessageOf<C> : never

export type Domain = {
  readonly name: string
  readonly version: string
  readonly chainId: number
  readonly verifyingContract: string
}

/** What `eth_signTypedData_v4` takes. */
export type TypedData = {
  readonly types: { readonly [name: string]: readonly { readonly name: string; readonly type: string }[] }
  readonly primaryType: string
  readonly domain: Domain
  readonly message: { readonly [name: string]: string | number | boolean }
}

export const BYTES32: Column<Bytes32> = { type: 'bytes32', shape: bytes32Shape, word: bytes32Word }
export const ADDRESS: Column<WalletAddress> = { type: 'address', shape: walletAddress, word: addressWord }
export const UINT64: Column<number> = { type: 'uint64', shape: integer({ min: 0 }), word: uintWord }
export const BOOL: Column<boolean> = { type: 'bool', shape: boolean(), word: boolWord }
export const TEXT: Column<string> = textOf(string({ max: 1_024 }))

/** A `string` narrowed to some texts. */
export function textOf<T extends string>(shape: Shape<T>): Column<T> {
  return {
    type: 'string',
    shape: refined(shape, 'text-ill-formed', (text) => text.isWellFormed()),
    word: (text) => keccak(text),
  }
}

export function struct<const C extends Columns>(name: string, columns: C): Struct<C> {
  const fields = Object.entries(columns).map(([field, { type }]) => `${type} ${field}`)
  const shapes = Object.fromEntries(Object.entries(columns).map(([field, { shape }]) => [field, shape]))
  return { name, columns, type: `${name}(${fields.join(',')})`, shape: object(shapes) as Shape<MessageOf<C>> }
}

export function parseMessage<C extends Columns>(struct: Struct<C>, json: unknown): Result<MessageOf<C>, Malformed> {
  return parse(struct.shape, json)
}

/** The 32 bytes a wallet signs. */
export function digest<C extends Columns>(struct: Struct<C>, domain: Domain, message: MessageOf<C>): Uint8Array {
  return keccak(Bytes.concat(PREFIX, domainSeparator(domain), hashStruct(struct, message)))
}

export function hashStruct<C extends Columns>(struct: Struct<C>, message: MessageOf<C>): Uint8Array {
  const parsed = parse(struct.shape, message)
  if (!parsed.ok) throw new Fault('typed-data-ill-formed', { at: parsed.error.path ?? '', code: parsed.error.code })
  const words = Object.entries(struct.columns).map(([name, column]) => column.word(message[name]))
  return keccak(Bytes.concat(keccak(struct.type), ...words))
}

export function domainSeparator(domain: Domain): Uint8Array {
  return keccak(
    Bytes.concat(
      keccak(DOMAIN_TYPE),
      keccak(domain.name),
      keccak(domain.version),
      uintWord(domain.chainId),
      addressWord(domain.verifyingContract),
    ),
  )
}

export function typedData<C extends Columns>(struct: Struct<C>, domain: Domain, message: MessageOf<C>): TypedData {
  return {
    types: {
      EIP712Domain: DOMAIN_FIELDS,
      [struct.name]: Object.entries(struct.columns).map(([name, { type }]) => ({ name, type })),
    },
    primaryType: struct.name,
    domain,
    message: message as TypedData['message'],
  }
}

const PREFIX = Uint8Array.of(0x19, 0x01)

const DOMAIN_FIELDS = [
  { name: 'name', type: 'string' },
  { name: 'version', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
] as const

const DOMAIN_TYPE = `EIP712Domain(${DOMAIN_FIELDS.map(({ name, type }) => `${type} ${name}`).join(',')})`
