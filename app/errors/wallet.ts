/**
 * What wallets throw, as faults of ours. They agree on few things: the codes of EIP-1193 and EIP-1474, somewhere in
 * a chain of causes.
 *
 *     4001  the human refused          4100  locked, or not permitted      4200  no such method
 *     4900, 4901, 4902  network        -32002  a request is already open   -32601  no such method
 */
import { Fault } from '../../protocol/wire/fault.ts'

const BY_CODE: { readonly [code: number]: string } = {
  4001: 'wallet-rejected',
  5000: 'wallet-rejected',
  4100: 'wallet-locked',
  4200: 'wallet-unsupported',
  4900: 'wallet-network',
  4901: 'wallet-network',
  4902: 'wallet-network',
  [-32002]: 'wallet-busy',
  [-32601]: 'wallet-unsupported',
}

const BY_NAME: { readonly [name: string]: string } = {
  UserRejectedRequestError: 'wallet-rejected',
  ResourceUnavailableRpcError: 'wallet-busy',
  ChainMismatchError: 'wallet-network',
  ConnectorChainMismatchError: 'wallet-network',
  SwitchChainError: 'wallet-network',
  SwitchChainNotSupportedError: 'wallet-network',
  InsufficientFundsError: 'wallet-funds',
  ConnectorNotConnectedError: 'wallet-locked',
  ConnectorUnavailableReconnectingError: 'wallet-locked',
  ConnectorAccountNotFoundError: 'wallet-locked',
}

export function walletFault(cause: unknown): Fault {
  if (cause instanceof Fault) return cause
  for (const error of causesOf(cause)) {
    const known = BY_CODE[Number(error.code)] ?? BY_NAME[String(error.name)]
    if (known !== undefined) return new Fault(known, {}, { cause })
  }
  return new Fault('wallet-failed', {}, { cause })
}

type Thrown = { readonly code?: unknown; readonly name?: unknown; readonly cause?: unknown }

function* causesOf(cause: unknown): Generator<Thrown> {
  let error = cause
  // A chain of causes is short; one that goes in circles must not hold us up.
  for (let depth = 0; depth < 10 && typeof error === 'object' && error !== null; depth++) {
    const thrown: Thrown = error
    yield thrown
    error = thrown.cause
  }
}
