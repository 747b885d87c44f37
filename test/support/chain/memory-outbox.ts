/** An outbox in memory whose writes can be told to fail: before they are on disk, or after. Cheap enough for many runs. */
import { Fault } from '../../../protocol/wire/fault.ts'
import type { Certificate } from '../../../protocol/wire/certificate.ts'
import type { Outbox, Sending, Share } from '../../../runtime/outbox/outbox.ts'
import type { Failure } from './memory-chain.ts'

export type MemoryOutbox = Outbox & {
  failSave(failure: Failure): void
}

export function memoryOutbox(): MemoryOutbox {
  const sendings = new Map<string, string>()
  const shares = new Map<number, Map<number, Share>>()
  const certificates = new Map<number, Certificate>()
  let cursor = 0
  let failure: Failure | undefined
  const read = (text: string | undefined): Sending | undefined =>
    text === undefined ? undefined : { ...NOTHING, ...(JSON.parse(text) as Sending) }
  const all = (): Sending[] => [...sendings.values()].map((text) => ({ ...NOTHING, ...(JSON.parse(text) as Sending) }))

  return {
    putShare: (epoch, share) => {
      const of = shares.get(epoch) ?? new Map<number, Share>()
      shares.set(epoch, of.set(share.member, share))
    },
    shares: (epoch) => [...(shares.get(epoch)?.values() ?? [])].toSorted((a, b) => a.member - b.member),
    putCertificate: (epoch, certificate) => {
      certificates.set(epoch, certificate)
    },
    certificate: (epoch) => certificates.get(epoch),
    certificates: () => [...certificates].map(([epoch, certificate]) => ({ epoch, certificate })),
    addSending: (key, payload) => {
      if (sendings.has(key) && read(sendings.get(key))?.state !== 'refused') return
      sendings.set(key, JSON.stringify({ key, payload, state: 'waiting', transactions: [] }))
    },
    sending: (key) => read(sendings.get(key)),
    sendings: (prefix) => all().filter(({ key }) => key.startsWith(prefix)),
    unfinished: () => all().filter(({ state }) => state !== 'final' && state !== 'refused'),
    save: (sending) => {
      const failing = failure
      failure = undefined
      if (failing === 'not-persisted') throw new Fault('outbox-store-failed', { reason: 'disk full' })
      sendings.set(sending.key, JSON.stringify(sending))
      if (failing === 'persisted') throw new Fault('outbox-store-failed', { reason: 'lost answer' })
    },
    cursor: () => cursor,
    moveCursor: (block) => {
      cursor = block
    },
    close: () => {},
    failSave: (next) => {
      failure = next
    },
  }
}

const NOTHING = {
  nonce: undefined,
  block: undefined,
  blockHash: undefined,
  note: undefined,
  sentAt: undefined,
  passed: undefined,
}
