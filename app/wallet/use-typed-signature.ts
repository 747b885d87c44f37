/** Asks the wallet to sign a struct of ours, and gives the signature back in the one spelling that the law takes. */
import { useSignTypedData } from 'wagmi'
import type { TypedData } from '../../protocol/wire/eip712.ts'
import { walletFault } from '../errors/wallet.ts'
import { normalSignature } from './signature.ts'

/** Faults: what wallets throw, as faults of ours. */
export function useTypedSignature(): (data: TypedData) => Promise<`0x${string}`> {
  const { mutateAsync: signTypedData } = useSignTypedData()
  return async ({ types, domain, primaryType, message }) => {
    try {
      const signature = await signTypedData({
        types,
        domain: { ...domain, verifyingContract: domain.verifyingContract as `0x${string}` },
        primaryType,
        message,
      } as const)
      return normalSignature(signature)
    } catch (cause) {
      throw walletFault(cause)
    }
  }
}
