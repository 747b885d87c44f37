/**
 * Step 4: the roots and the commitment of every epoch, as the fold computed them again, against the chain.
 *
 * An epoch that the chain does not hold yet is pending while its time lasts: one epoch's length after it was closed.
 * What no commitment covers yet is said apart.
 *
 * Source: spec 7, step 4; spec 2.3, 2.4.
 */
import type { ClosedEpoch } from '../../protocol/law/epoch/state.ts'
import { formatTimestamp } from '../../protocol/wire/time.ts'
import type { Inquiry } from '../inquiry.ts'
import type { ReadLedger } from '../ledger.ts'
import type { Question } from '../question.ts'
import type { ChainRead, Committed } from './chain.ts'

export function checkEpochs(
  question: Question,
  ledger: ReadLedger,
  chain: ChainRead,
  committed: readonly Committed[],
  inquiry: Inquiry,
): void {
  const { closed } = ledger.state.epochs
  for (const epoch of closed) {
    const onChain = committed[epoch.epoch]
    if (onChain === undefined) checkPending(question, ledger, epoch, inquiry)
    else if (onChain.commitment !== epoch.commitment) differs(epoch, onChain, inquiry)
  }
  if (committed.length === 0) inquiry.fault('epochs', 'no-epoch-on-chain')
  checkAhead(question, closed.length, chain, committed, inquiry)
  tail(ledger, committed.length, inquiry)
  const last = closed[Math.min(closed.length, committed.length) - 1]
  inquiry.looked('epochs', {
    closed: closed.length,
    on_chain: Math.min(closed.length, committed.length),
    last_commitment: last?.commitment ?? null,
  })
}

function checkPending(question: Question, ledger: ReadLedger, epoch: ClosedEpoch, inquiry: Inquiry): void {
  const { epochMs = 0 } = ledger.state.founded?.deployment ?? {}
  const closedAt = ledger.closedAt[epoch.epoch] ?? epoch.end
  const due = Math.max(epoch.end, closedAt) + epochMs
  const params = { epoch: epoch.epoch, commitment: epoch.commitment, ended: formatTimestamp(epoch.end) }
  if (question.now() <= due) inquiry.pending('epoch-not-yet-on-chain', params)
  else inquiry.fault('epochs', 'epoch-overdue', { epoch: epoch.epoch }, { ...params, late_ms: question.now() - due })
}

function differs(epoch: ClosedEpoch, onChain: Committed, inquiry: Inquiry): void {
  const ours: { readonly [field: string]: string | number } = epoch.published.record
  const theirs: { readonly [field: string]: string | number } = onChain.publication.record
  const field = Object.keys(ours).find((name) => ours[name] !== theirs[name]) ?? ''
  inquiry.fault(
    'epochs',
    'commitment-differs',
    { epoch: epoch.epoch, transaction: onChain.observed.transaction },
    {
      computed: epoch.commitment,
      on_chain: onChain.commitment,
      field,
      field_computed: ours[field] ?? '',
      field_on_chain: theirs[field] ?? '',
    },
  )
}

/** Epochs on chain that the archive does not reach. A runtime that shows less than was final before has hidden them. */
function checkAhead(
  { archive }: Question,
  closed: number,
  chain: ChainRead,
  committed: readonly Committed[],
  inquiry: Inquiry,
): void {
  const [first] = committed.slice(closed)
  if (first === undefined) return
  if (archive.live && first.observed.block_number <= chain.finalBefore) {
    const { epoch, commitment, observed } = first
    inquiry.fault('epochs', 'epoch-withheld', { epoch, transaction: observed.transaction }, { commitment })
    return
  }
  inquiry.pending('archive-ends-before-chain', { archive: closed, chain: committed.length })
}

function tail(ledger: ReadLedger, committed: number, inquiry: Inquiry): void {
  const { books, epochs } = ledger.state
  const covered = epochs.closed[Math.min(committed, epochs.closed.length) - 1]
  const from = covered === undefined ? 0 : covered.lastSeq + 1
  if (from < books.next) inquiry.pending('entries-not-yet-committed', { from, entries: books.next - from })
}
