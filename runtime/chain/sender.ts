/** The runtime's account on a chain: it pays for publishing and relaying, and has no other power. */
import { privateKeyToAccount } from 'viem/accounts'
import { BaseError, keccak256, type Hex } from 'viem'
import { Fault } from '../../protocol/wire/fault.ts'
import { client, reached } from '../../verifier/chain/reader.ts'
import type { Call, Sender } from '../ports/chain.ts'
import { revertIn } from './revert.ts'

/** Gas is estimated and then given some room: state may move between estimate and inclusion. */
const GAS_ROOM_PERCENT = 125n

export function openSender(url: string, chainId: number, privateKey: Hex): Sender {
  const account = privateKeyToAccount(privateKey)
  const rpc = client(url)
  return {
    address: account.address.toLowerCase(),
    nonce: () => reached(() => rpc.getTransactionCount({ address: account.address, blockTag: 'latest' })),
    fees: () => reached(async () => rpc.estimateFeesPerGas()),
    sign: async (call, nonce, fees) => {
      const gas = await estimate(call)
      const raw = await account.signTransaction({
        type: 'eip1559',
        chainId,
        nonce,
        to: call.to as Hex,
        data: call.data,
        gas: (gas * GAS_ROOM_PERCENT) / 100n,
        ...fees,
      })
      return { raw, hash: keccak256(raw) }
    },
    broadcast: (raw) =>
      reached(async () => {
        try {
          await rpc.sendRawTransaction({ serializedTransaction: raw })
        } catch (cause) {
          // The same bytes again, or bytes that are mined already: that is what repeating means.
          if (!/already known|already imported|nonce too low/i.test(String(cause))) throw cause
        }
      }),
    receipt: (hash) =>
      reached(async () => {
        try {
          const found = await rpc.getTransactionReceipt({ hash })
          return {
            block: Number(found.blockNumber),
            blockHash: found.blockHash,
            succeeded: found.status === 'success',
          }
        } catch (cause) {
          if (cause instanceof BaseError && cause.name === 'TransactionReceiptNotFoundError') return undefined
          throw cause
        }
      }),
  }

  async function estimate(call: Call): Promise<bigint> {
    try {
      // On the latest block: on the pending one our own transaction may be what it would collide with.
      const what = { account: account.address, to: call.to as Hex, data: call.data, blockTag: 'latest' } as const
      return await rpc.estimateGas(what)
    } catch (cause) {
      const reason = revertIn(cause)
      if (reason !== undefined) throw new Fault('chain-refused', { reason }, { cause })
      throw new Fault('chain-unreachable', { reason: String(cause).split('\n')[0] ?? '' }, { cause })
    }
  }
}
