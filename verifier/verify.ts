/**
 * The public verifier: from a chain's logs and an archive to `verified` or to the first fault, trusting nothing that
 * the runtime says. It runs wherever JavaScript does; files and sockets of Node are in the sources.
 *
 *     manifest ─▶ genesis entry ─▶ chain logs ─▶ entries: hashes, signatures, law ─▶ commitments, certificates,
 *                                                                                    observations, gate, evidence
 *
 * The deployment's id is the one thing to know beforehand: it is the hash of the genesis entry, which fixes chains,
 * contracts, committee, beacon and constitution.
 *
 * Rejections are Faults of the surroundings, when nothing can be said: `archive-unreachable`, `archive-moving`,
 * `chain-unreachable`, `chain-log-unreadable`, `contracts-on-two-chains`.
 * Source: spec 7.
 */
import type { State } from '../protocol/genesis.ts'
import { Fault } from '../protocol/wire/fault.ts'
import { formatTimestamp } from '../protocol/wire/time.ts'
import { openInquiry, type Inquiry } from './inquiry.ts'
import type { ReadLedger } from './ledger.ts'
import type { Question } from './question.ts'
import type { Report } from './report.ts'
import { checkFiles, MomentForgotten, openManifest } from './steps/archive.ts'
import { commitmentsOf, openNamedChain, readAfter, readBefore, readGenesis, type Genesis } from './steps/chain.ts'
import { checkCertificates } from './steps/certificates.ts'
import { checkEpochs } from './steps/epochs.ts'
import { checkGate } from './steps/gate.ts'
import { checkMissions } from './steps/missions.ts'
import { checkObservations } from './steps/observations.ts'
import { readLedger } from './steps/read-ledger.ts'

export type { Question } from './question.ts'
export type { Finding, Pending, Progress, Report, StepId, StepReport } from './report.ts'

export type Verification = {
  readonly report: Report
  /** The reader's own fold of the ledger, up to the first fault; undefined where no entry was read. */
  readonly state: State | undefined
}

/** How often a live archive may move on under us before we give up. */
const ATTEMPTS = 4

export async function verify(question: Question): Promise<Verification> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      return await attemptOnce(question)
    } catch (cause) {
      if (!(cause instanceof MomentForgotten)) throw cause
    }
  }
  throw new Fault('archive-moving', { source: question.archive.name })
}

async function attemptOnce(question: Question): Promise<Verification> {
  const inquiry = openInquiry(question.onProgress)
  const course: Course = { genesis: undefined, ledger: undefined, onChain: 0 }
  await run(question, inquiry, course)
  return { report: reportOf(inquiry, course), state: course.ledger?.state }
}

/** What is known so far, for the report of a verification that stops in the middle. */
type Course = { genesis: Genesis | undefined; ledger: ReadLedger | undefined; onChain: number }

async function run(question: Question, inquiry: Inquiry, course: Course): Promise<void> {
  let manifest = await openManifest(question, inquiry)
  if (manifest === undefined) return
  course.genesis = await readGenesis(question, manifest, inquiry)
  if (course.genesis === undefined) return
  const chain = await openNamedChain(question, course.genesis, inquiry)
  const before = chain === undefined ? undefined : await readBefore(chain, inquiry)
  // A live ledger has gone on while the chain was read: its moment is fixed anew, behind what is final by now.
  if (question.archive.live) manifest = await openManifest(question, inquiry)
  if (manifest === undefined) return

  const ledger = await readLedger(question, manifest, inquiry)
  course.ledger = ledger
  if (inquiry.faultsOf('archive') + inquiry.faultsOf('ledger') + inquiry.faultsOf('law') > 0) return
  const certificates = await checkFiles(question, manifest, ledger, inquiry)
  if (certificates === undefined || inquiry.faultsOf('archive') > 0) return
  await checkMissions(question, manifest, ledger, inquiry)
  if (chain === undefined || before === undefined) return

  const after = await readAfter(chain, before, inquiry)
  const committed = commitmentsOf(after, inquiry)
  course.onChain = committed.length
  if (inquiry.faultsOf('chain') > 0) return
  checkEpochs(question, ledger, after, committed, inquiry)
  await checkCertificates(ledger, after, committed, certificates, inquiry)
  await checkObservations(ledger, after, chain, inquiry)
  checkGate(ledger, after, inquiry)
}

function reportOf(inquiry: Inquiry, { genesis, ledger, onChain }: Course): Report {
  const steps = inquiry.steps()
  const books = ledger?.state.books
  const closed = ledger?.state.epochs.closed.length ?? 0
  return {
    verdict: steps.every(({ status }) => status === 'holds') ? 'verified' : 'unverifiable',
    deployment: genesis?.deployment ?? null,
    fault: inquiry.first() ?? null,
    steps,
    pending: inquiry.allPending(),
    ledger: {
      entries: books?.next ?? 0,
      head: books?.head ?? '',
      recorded_at: books === undefined || books.next === 0 ? null : formatTimestamp(books.lastRecordedAt),
    },
    epochs: { closed, on_chain: Math.min(closed, onChain) },
  }
}
