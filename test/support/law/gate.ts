/** What tests of the final gate need: a mission that waits there, and what a wallet signed for it. */
import assert from 'node:assert/strict'
import { bytes32Of } from '../../../protocol/wire/abi.ts'
import { approvalDigest, approvalDomain, parseApproval } from '../../../protocol/wire/approval.ts'
import { sign as walletSign } from '../../../protocol/wire/wallet.ts'
import { signedStruct } from '../../../protocol/law/mission/decision.ts'
import { fork } from './fork.ts'
import { atTheGate, observed, publishAll, type decided } from './flow.ts'
import { withholds } from './outcomes.ts'
import { NOOR, RUNTIME, type Person } from './people.ts'
import { founded, type Bench } from './world.ts'

export const SEE = ['chain.observed', 'chain'] as const
export const ZERO = bytes32Of(new Uint8Array(32))

/** A mission of R2 at its gate whose integration is not on chain yet; and the same with it there. */
export const notPublished = founded()
atTheGate(notPublished, 'm-1')
export const base = fork(notPublished)
publishAll(base)

export type Log = Omit<ReturnType<typeof decided>, 'signature'> & { readonly signature: string }

export function gateOf(bench: Bench) {
  const mission = bench.state.missions.get('m-1')
  assert.ok(mission !== undefined && 'gate' in mission)
  return mission.gate
}

export function see(bench: Bench, log: Log, more: object = {}) {
  return bench.send(RUNTIME, ...SEE, observed(log, 'final_gate', more))
}

export function withheldFor(log: Log, bench: Bench = fork(base)) {
  return withholds(bench, RUNTIME, ...SEE, observed(log, 'final_gate'))
}

/** The log with other fields, signed again as the wallet would, for any domain. */
export function signedFor(log: Log, chainId: number, contract: string, who: Person = NOOR): Log {
  const message = parseApproval(signedStruct({ ...log, chain_id: chainId, transaction: ZERO } as never))
  assert.ok(message.ok)
  return {
    ...log,
    signature: walletSign(approvalDigest(approvalDomain(chainId, contract), message.value), who.walletSecret),
  }
}
