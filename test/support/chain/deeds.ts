/**
 * The plainest contracts that a courier can meet: each call is a deed with a name, done once. Doing it again is a
 * no-op for epochs and reverts for approvals, as the real contracts do; one that is forbidden reverts.
 */
import type { Call } from '../../../runtime/ports/chain.ts'
import type { Landing } from '../../../runtime/chain/chain.ts'
import type { Contracts, MemoryChain } from './memory-chain.ts'

export type Deeds = { readonly done: Set<string> }

const CONTRACT = `0x${'cc'.repeat(20)}`

/** The contracts, and what they refuse for the moment. */
export function deeds(forbidden: ReadonlySet<string> = new Set()): Contracts<Deeds> {
  return {
    empty: () => ({ done: new Set() }),
    execute: ({ done }, { data }) => {
      const deed = Buffer.from(data.slice(2), 'hex').toString()
      if (deed === '') return []
      if (forbidden.has(deed)) return 'forbidden'
      if (done.has(deed) && deed.startsWith('approval:')) return 'already-decided'
      done.add(deed)
      return []
    },
  }
}

export function callOf(deed: string): Call {
  return { to: CONTRACT, data: `0x${Buffer.from(deed).toString('hex')}` }
}

/** Where a deed was done first. */
export function landingOf({ mined }: MemoryChain<Deeds>, deed: string): Landing | undefined {
  const { data } = callOf(deed)
  const first = mined().find(({ transaction, succeeded }) => succeeded && transaction.call.data === data)
  return first === undefined ? undefined : { block: first.block, blockHash: first.blockHash }
}
