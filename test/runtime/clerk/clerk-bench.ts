/** The clerk's duties on a bench, one at a time. */
import { sealerOf, type Sealer } from '../../../runtime/clerk/sealer.ts'
import { RUNTIME } from '../../support/law/people.ts'
import { opened, type Opened, type World } from '../../support/runtime/desk-bench.ts'
import type { MemoryOutbox } from '../../support/chain/memory-outbox.ts'

export type Clerking = Opened & {
  readonly actor: string
  readonly seal: Sealer
  readonly chainTime: () => Promise<number>
  /** Types of the commands recorded since the bench was opened, with a mark on those withheld. */
  news(): string[]
}

export async function clerking(world: World, outbox?: MemoryOutbox): Promise<Clerking> {
  const open = await opened(world, outbox)
  const deployment = world.bench.state.founded?.deployment.id ?? ''
  const before = open.ledger.head().size
  return {
    ...open,
    actor: RUNTIME.id,
    seal: sealerOf({ deployment, actor: RUNTIME.id, signer: RUNTIME.signer, clock: open.clock }),
    chainTime: async () => world.bench.now(),
    news: () =>
      open
        .entries()
        .slice(before)
        .map(({ type, outcome }) => (outcome === 'committed' ? type : `${type} withheld`)),
  }
}

/** A chain port whose chain's own `chain` is used. */
export function portsOf(clerk: Clerking) {
  return { ...clerk, chain: clerk.chain.chain }
}
