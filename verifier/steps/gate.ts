/**
 * Step 7: the final gate, both ways. Every decision on chain is signed by its approver's wallet, acknowledged and in
 * time; every decision in the ledger is one of these (observations.ts); and a decision of an eligible human that the
 * ledger has not taken is named, so that leaving it out does not go unseen.
 *
 * What a decision means for its mission (identity, independence, digest, deadline at the ledger) was decided again in
 * step 3. A contract account's signature is the chain's to say, and is counted apart.
 *
 * Source: spec 7, step 7; spec 3.1.
 */
import type { Observed } from '../../protocol/law/chain/types.ts'
import { chainOf, type DeploymentFacts } from '../../protocol/law/constraints/deployment.ts'
import { signedStruct } from '../../protocol/law/mission/decision.ts'
import { logKey } from '../../protocol/law/chain/state.ts'
import { approvalDomain, recoverApprovalSigner } from '../../protocol/wire/approval.ts'
import type { Inquiry } from '../inquiry.ts'
import type { ReadLedger } from '../ledger.ts'
import type { ChainRead } from './chain.ts'

type Decided = Extract<Observed['log'], { event: 'Decided' }>
type OnChain = { readonly observed: Observed; readonly log: Decided }

export function checkGate(ledger: ReadLedger, chain: ChainRead, inquiry: Inquiry): void {
  const deployment = ledger.state.founded?.deployment
  if (deployment === undefined) return
  const decisions = chain.seen.flatMap(({ observed }): readonly OnChain[] =>
    observed.log.event === 'Decided' ? [{ observed, log: observed.log }] : [],
  )
  for (const decision of decisions) checkDecision(deployment, decision, inquiry)
  const entered = new Set(ledger.observations.map(({ observed }) => logKey(observed)))
  const missing = decisions.filter(({ observed }) => !entered.has(logKey(observed)))
  const eligible = missing.filter(({ log }) => isOfOurs(ledger, log))
  for (const { observed, log } of eligible) {
    const { state } = ledger
    inquiry.pending('decision-not-yet-observed', {
      mission: state.missionByDigest.get(log.mission_digest) ?? '',
      approver: state.identities.byWallet.get(log.approver) ?? '',
      decision: log.decision,
      transaction: observed.transaction,
      block: observed.block_number,
    })
  }
  inquiry.looked('gate', {
    decisions: decisions.length,
    vouched_by_contracts: decisions.filter(({ log }) => log.by_contract).length,
    recorded: decisions.length - missing.length,
    of_others: missing.length - eligible.length,
  })
}

function isOfOurs({ state }: ReadLedger, log: Decided): boolean {
  return state.missionByDigest.has(log.mission_digest) && state.identities.byWallet.has(log.approver)
}

function checkDecision(deployment: DeploymentFacts, { observed, log }: OnChain, inquiry: Inquiry): void {
  const { transaction, block_time, chain_id } = observed
  const place = { transaction }
  if (!(log.i_understand_it && log.i_commit_it && log.i_accept_its_consequences)) {
    inquiry.fault('gate', 'decision-not-acknowledged', place, { approver: log.approver })
  }
  if (block_time > log.deadline) {
    inquiry.fault('gate', 'decision-after-deadline', place, { deadline: log.deadline, block_time })
  }
  if (log.by_contract) return
  const { event: _event, ...decision } = log
  const domain = approvalDomain(chainOf(deployment, 'final_gate'), deployment.contracts.final_gate.address)
  const struct = signedStruct({ ...decision, chain_id, transaction })
  const signer = recoverApprovalSigner(domain, struct, log.signature)
  if (signer.ok && signer.value === log.approver) return
  const reason = signer.ok ? `signed by ${signer.value}` : signer.error.code
  inquiry.fault('gate', 'decision-signature-invalid', place, { approver: log.approver, reason })
}
