/**
 * Step 5: every certificate, with the keys that were valid in the block that took it.
 *
 * Keys come from the registry's logs, played in the order of the chain: a registration retires the key before it, a
 * revocation ends it, and a key counts up to and including its last second. Beacon rounds were verified when their
 * entries were decided again; they are counted here.
 *
 * Source: spec 7, step 5; spec 5.6.
 */
import type { State } from '../../protocol/genesis.ts'
import { chainOf, type DeploymentFacts } from '../../protocol/law/constraints/deployment.ts'
import {
  certificateMessage,
  EPOCH_COMMITMENT,
  signersOf,
  verifyCertificate,
  type Certificate,
} from '../../protocol/wire/certificate.ts'
import type { Malformed } from '../../protocol/wire/malformed.ts'
import type { Digest } from '../../protocol/wire/sha256.ts'
import type { ArchivedCertificate } from '../archive/certificates.ts'
import type { FindingCode } from '../findings.ts'
import type { Inquiry } from '../inquiry.ts'
import type { ReadLedger } from '../ledger.ts'
import type { Place } from '../report.ts'
import type { ChainRead, Committed } from './chain.ts'

type Held = { readonly key: string; readonly notAfter: number; readonly revoked: boolean }

/** Each member's latest key at one place of the chain. */
type Registry = ReadonlyMap<number, Held>

type Trial = {
  readonly epoch: number
  readonly commitment: string
  readonly certificate: Certificate
  readonly registry: Registry
  /** Unix seconds of the block that took it, or of the last final one. */
  readonly time: number
  readonly place: Place
}

export async function checkCertificates(
  ledger: ReadLedger,
  chain: ChainRead,
  committed: readonly Committed[],
  archived: readonly ArchivedCertificate[],
  inquiry: Inquiry,
): Promise<void> {
  const { state, counts } = ledger
  const deployment = state.founded?.deployment
  if (deployment === undefined) return
  const trials = trialsOf(state, chain, committed, archived, inquiry)
  for (const [i, trial] of trials.entries()) {
    tryOne(deployment, trial, inquiry)
    inquiry.progress({ step: 'certificates', done: i + 1, total: trials.length, unit: 'epochs' })
    // Pairings take milliseconds each: whoever watches is let in between.
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  inquiry.looked('certificates', { certificates: trials.length, beacon_rounds: counts.beaconRounds })
}

/** What has to be tried: one certificate for each epoch on chain, and whatever else the archive brings. */
function trialsOf(
  state: State,
  chain: ChainRead,
  committed: readonly Committed[],
  archived: readonly ArchivedCertificate[],
  inquiry: Inquiry,
): readonly Trial[] {
  const registries = registriesOf(chain)
  const byEpoch = new Map(archived.map((certificate) => [certificate.epoch, certificate]))
  const trials: Trial[] = []
  for (const { epoch, commitment, publication, observed } of committed) {
    const { transaction, block_time } = observed
    const ours = byEpoch.get(epoch)
    const signature = publication.signature ?? (ours?.bitmap === publication.bitmap ? ours.signature : undefined)
    const place = { epoch, transaction }
    if (signature === undefined) {
      // An archive that ends earlier has no certificate for what came after it.
      if (epoch < state.epochs.closed.length) inquiry.fault('certificates', 'certificate-missing', place)
      continue
    }
    const registry = registries.at(committed.length > epoch ? epoch : -1) ?? new Map<number, Held>()
    const certificate = { bitmap: publication.bitmap, signature } as Certificate
    trials.push({ epoch, commitment, certificate, registry, time: block_time, place })
    if (ours !== undefined && (ours.bitmap !== publication.bitmap || ours.signature !== signature)) {
      trials.push({ epoch, commitment, certificate: ours, registry, time: block_time, place: { epoch } })
    }
  }
  for (const ours of archived.filter(({ epoch }) => epoch >= committed.length)) {
    const closed = state.epochs.closed[ours.epoch]
    if (closed === undefined) {
      inquiry.fault('certificates', 'certificate-unexpected', { epoch: ours.epoch })
      continue
    }
    const { epoch, commitment } = closed
    const registry = registries.at(-1) ?? new Map<number, Held>()
    trials.push({ epoch, commitment, certificate: ours, registry, time: chain.finalized.time, place: { epoch } })
  }
  return trials
}

/** The registry as it stood at each commitment's log, and last of all as it stands now. */
function registriesOf({ seen }: ChainRead): readonly Registry[] {
  const held = new Map<number, Held>()
  const at: Registry[] = []
  for (const { observed } of seen) {
    const { log } = observed
    if (log.event === 'KeyRegistered') held.set(log.member, { key: log.key, notAfter: log.not_after, revoked: false })
    else if (log.event === 'KeyRevoked') {
      const key = held.get(log.member)
      if (key?.key === log.key) held.set(log.member, { ...key, revoked: true })
    } else if (log.event === 'EpochCommitted') at.push(new Map(held))
  }
  at.push(held)
  return at
}

function tryOne(deployment: DeploymentFacts, trial: Trial, inquiry: Inquiry): void {
  const { epoch, commitment, registry, time, place } = trial
  const { bitmap, signature } = trial.certificate
  const message = certificateMessage({
    purpose: EPOCH_COMMITMENT,
    chainId: chainOf(deployment, 'commitment_log'),
    contract: deployment.contracts.commitment_log.address,
    committeeId: deployment.committee.id as Digest,
    subject: commitment as Digest,
    sequence: epoch,
  })
  const { members, threshold } = deployment.committee
  const keys = members.map((_, member) => {
    const held = registry.get(member)
    return held !== undefined && !held.revoked && time <= held.notAfter ? held.key : undefined
  })
  const verified = verifyCertificate({ bitmap, signature }, message, keys, threshold)
  if (verified.ok) return
  const code = codeOf(verified.error, registry)
  const evidence = { ...verified.error.params, signers: signersOf(bitmap), block_time: time }
  inquiry.fault('certificates', code, place, evidence)
}

const CODES: ReadonlySet<string> = new Set<FindingCode>([
  'certificate-below-threshold',
  'certificate-bit-out-of-range',
  'certificate-key-invalid',
  'certificate-malformed',
])

function codeOf({ code, params }: Malformed, registry: Registry): FindingCode {
  if (code === 'certificate-key-absent') {
    const held = registry.get(Number(params?.['member']))
    if (held === undefined) return 'certificate-key-absent'
    return held.revoked ? 'certificate-key-revoked' : 'certificate-key-expired'
  }
  return CODES.has(code) ? (code as FindingCode) : 'certificate-invalid'
}
