/**
 * A deployment on a bench whose ledger has been opened by the runtime's own writer: the real law and ledger, an outbox
 * and a chain in memory, a clock that the test moves.
 *
 *     const bench = begun()                    // founded, committee keys registered on chain and observed
 *     …                                        // whole stretches from test/support/law/flow.ts
 *     const desk = await opened(bench)         // from here on commands go through desk.ledger
 */
import assert from 'node:assert/strict'
import * as Genesis from '../../../protocol/genesis.ts'
import type { AdmittedCommand, State } from '../../../protocol/genesis.ts'
import { REGISTRY_ADDRESS } from '../law/agents.ts'
import { certificateMessage, EPOCH_COMMITMENT } from '../../../protocol/wire/certificate.ts'
import { sign as signBls } from '../../../protocol/wire/bls.ts'
import type { Json } from '../../../protocol/wire/canonical-json.ts'
import type { Digest } from '../../../protocol/wire/sha256.ts'
import { isOfAnAgent, type Observed } from '../../../protocol/law/chain/types.ts'
import { openLedger } from '../../../runtime/ledger/ledger.ts'
import { verifyWithSodium } from '../../../runtime/signatures/signatures.ts'
import type { Clock } from '../../../runtime/ports/clock.ts'
import type { Ledger } from '../../../runtime/ports/ledger.ts'
import { memoryChain, type MemoryChain } from '../chain/memory-chain.ts'
import { memoryOutbox, type MemoryOutbox } from '../chain/memory-outbox.ts'
import { blsSecretOf, RUNTIME } from '../law/people.ts'
import { publicKeyOf } from '../../../protocol/wire/bls.ts'
import { CHAIN_ID, committed, CONTRACTS, founded, type Bench, type Sender } from '../law/world.ts'
import { memoryContracts, type Held, type Registry } from './memory-contracts.ts'
import { memoryStore } from './memory-store.ts'

export const MEMBERS = Array.from({ length: 15 }, (_, i) => {
  const secret = blsSecretOf(`member ${i}`)
  return { secret, key: publicKeyOf(secret) }
})

const DAY = 86_400_000

export type World = {
  readonly bench: Bench
  readonly chain: MemoryChain<Held>
  readonly registry: Registry
}

/** Which of our contracts says an event. */
export function contractOf(log: Observed['log']): string {
  const { event } = log
  if (isOfAnAgent(log)) return REGISTRY_ADDRESS
  if (event === 'EpochCommitted') return CONTRACTS.commitment_log.address
  return event === 'Decided' ? CONTRACTS.final_gate.address : CONTRACTS.committee_registry.address
}

/** A founded deployment whose fifteen members have registered their keys, which the ledger has not seen yet. */
export function begun(days = 80, bench: Bench = founded()): World {
  const committeeId = bench.state.founded?.deployment.committee.id as Digest
  const registry: Registry = { committeeId, keys: MEMBERS.map(({ key }) => key), vouching: new Map() }
  const chain = memoryChain(memoryContracts(registry), { contractOf })
  chain.time = Math.floor(bench.now() / 1000)
  const not_after = Math.floor((bench.now() + days * DAY) / 1000)
  chain.emit(...MEMBERS.map(({ key }, member) => ({ event: 'KeyRegistered', member, key, not_after }) as const))
  chain.mine(2)
  return { bench, chain, registry }
}

/** As `begun`, and the ledger has seen the keys. */
export async function withKeys(days = 80, bench: Bench = founded()): Promise<World> {
  const world = begun(days, bench)
  await observeAll(world)
  return world
}

/** Everything final on the chain that the bench's ledger has not seen. */
export async function observeAll({ bench, chain }: World): Promise<void> {
  const { finalized } = await chain.chain.heads()
  for (const log of await chain.chain.logs(0, finalized.number)) {
    const key = `${log.chain_id}:${log.transaction}:${log.log_index}`
    if (!bench.state.chain.observed.has(key)) committed(bench.send(RUNTIME, 'chain.observed', 'chain', log))
  }
}

export type Opened = World & {
  readonly ledger: Ledger<State, AdmittedCommand>
  readonly outbox: MemoryOutbox
  readonly clock: Clock
  /** Sends a command through the ledger, and requires that it is recorded. Answers its entry's text. */
  send(sender: Sender, type: string, subject: string, body: unknown): Promise<string>
  entries(): { readonly type: string; readonly outcome: string; readonly subject: string }[]
}

export async function opened(world: World, outbox: MemoryOutbox = memoryOutbox()): Promise<Opened> {
  const { bench } = world
  const clock: Clock = { now: bench.now }
  const ledger = await openLedger<State, AdmittedCommand>({
    store: memoryStore(bench.texts),
    law: Genesis,
    verify: verifyWithSodium,
    clock,
  })
  return {
    ...world,
    ledger,
    outbox,
    clock,
    send: async (sender, type, subject, body) => {
      const answer = await ledger.submit(bench.admit(bench.envelope(sender, type, subject, body)))
      assert.ok(answer.kind === 'recorded', JSON.stringify(answer))
      return answer.text
    },
    entries: () => ledger.read(0, ledger.head().size).map(({ text }) => summary(text)),
  }
}

function summary(text: string): { type: string; outcome: string; subject: string } {
  const { command, outcome } = JSON.parse(text) as { command: { payload: string }; outcome: string }
  const payload = JSON.parse(Buffer.from(command.payload, 'base64').toString()) as { type: string; subject: string }
  return { type: payload.type, subject: payload.subject, outcome }
}

/** The share of a member for a commitment: of this epoch and with their own key, unless told otherwise. */
export function shareOf(
  { bench }: World,
  member: number,
  commitment: string,
  more: { readonly epoch?: number; readonly secret?: Uint8Array; readonly claims?: number } = {},
): Json {
  const message = certificateMessage({
    purpose: EPOCH_COMMITMENT,
    chainId: CHAIN_ID,
    contract: CONTRACTS.commitment_log.address,
    committeeId: bench.state.founded?.deployment.committee.id as Digest,
    subject: commitment as Digest,
    sequence: more.epoch ?? 0,
  })
  const secret = more.secret ?? MEMBERS[member]?.secret
  assert.ok(secret !== undefined)
  return { member: more.claims ?? member, commitment, signature: signBls(message, secret) }
}
