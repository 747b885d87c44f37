/** The fold of chain observations. What a human decided on chain is the mission's to fold. */
import type { ChainEvent } from './event.ts'
import { logKey, type ChainFactsSeen } from './state.ts'

export function evolveChain(seen: ChainFactsSeen, event: ChainEvent): void {
  seen.observed.add(logKey(event.data))
  const { log } = event.data
  switch (log.event) {
    case 'EpochCommitted':
      seen.committed.set(log.epoch, log.commitment)
      while (seen.committed.has(seen.committedBelow)) seen.committedBelow += 1
      return
    case 'KeyRegistered':
      seen.committeeKeys.set(log.member, { key: log.key, notAfter: log.not_after, revoked: false })
      return
    case 'KeyRevoked': {
      const held = seen.committeeKeys.get(log.member)
      if (held?.key === log.key) seen.committeeKeys.set(log.member, { ...held, revoked: true })
      return
    }
    case 'Decided':
    case 'AgentTransferred':
    case 'AgentMetadataSet':
      return
  }
}
