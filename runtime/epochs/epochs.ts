/**
 * Where the committee's members bring their signatures of an epoch.
 *
 * A share counts when the ledger has closed that epoch, the member's key is valid on chain now, and the signature
 * is theirs over the epoch's message. Ten make a certificate; it is checked as a whole before it is kept, and the
 * epoch waits to be published. Fewer than ten: the epoch stays where it is, and the outbox says how many signed. A
 * certificate that a lost key has made worthless is made again from the shares that hold.
 *
 * Source: spec 2.3, 5.6.
 */
import { verify as verifyBls } from '../../protocol/wire/bls.ts'
import type { Json } from '../../protocol/wire/canonical-json.ts'
import {
  assemble,
  certificateMessage,
  EPOCH_COMMITMENT,
  verifyCertificate,
  type Certificate,
} from '../../protocol/wire/certificate.ts'
import type { CommitmentRecord } from '../../protocol/wire/commitment.ts'
import { hexOf } from '../../protocol/wire/identifiers.ts'
import { err, ok, type Result } from '../../protocol/wire/result.ts'
import type { Digest } from '../../protocol/wire/sha256.ts'
import * as Shape from '../../protocol/wire/shape.ts'
import type { AdmittedCommand, State } from '../../protocol/genesis.ts'
import { chainOf } from '../../protocol/law/constraints/deployment.ts'
import type { CertificateDesk } from '../ports/certificate-desk.ts'
import type { Clock } from '../ports/clock.ts'
import type { Refusal } from '../ports/law.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { Outbox, Sending, Share } from '../outbox/outbox.ts'

export type DeskParts = {
  readonly ledger: Ledger<State, AdmittedCommand>
  readonly outbox: Outbox
  readonly clock: Clock
}

const shareShape = Shape.object({
  member: Shape.integer({ min: 0, max: 63 }),
  commitment: Shape.string({ max: 71, pattern: /^sha256:[0-9a-f]{64}$/ }),
  signature: hexOf(48),
})

/** What the desk must know of an epoch and its committee, read from the fold. */
type Matter = {
  readonly commitment: Digest
  readonly message: Uint8Array
  readonly keys: readonly (string | undefined)[]
  readonly threshold: number
}

export function epochKey(epoch: number): string {
  return `epoch:${String(epoch).padStart(8, '0')}`
}

/** The bytes that members sign for an epoch: bound to chain, contract, committee, commitment and number. */
export function epochMessage(state: State, epoch: number): Uint8Array | undefined {
  const closed = state.epochs.closed[epoch]
  const deployment = state.founded?.deployment
  if (closed === undefined || deployment === undefined) return undefined
  return certificateMessage({
    purpose: EPOCH_COMMITMENT,
    chainId: chainOf(deployment, 'commitment_log'),
    contract: deployment.contracts.commitment_log.address,
    committeeId: deployment.committee.id as Digest,
    subject: closed.commitment,
    sequence: epoch,
  })
}

export function openDesk({ ledger, outbox, clock }: DeskParts): CertificateDesk {
  async function bring(epoch: number, json: Json): Promise<Result<Json, Refusal>> {
    const share = Shape.parse(shareShape, json)
    if (!share.ok) return err(share.error)
    const matter = await ledger.ask((state) => matterOf(state, epoch, clock.now()))
    if (matter === undefined) return err({ code: 'epoch-not-closed', params: { epoch } })
    const { member, commitment, signature } = share.value
    if (commitment !== matter.commitment) {
      return err({ code: 'commitment-differs', params: { epoch, ledger: matter.commitment, signed: commitment } })
    }
    const key = matter.keys[member]
    if (key === undefined) return err({ code: 'member-has-no-valid-key', params: { member } })
    if (!verifyBls(signature, matter.message, key)) return err({ code: 'share-invalid', params: { member, epoch } })
    outbox.putShare(epoch, { member, signature })
    certify(epoch, matter)
    return ok({ epoch, shares: outbox.shares(epoch).length, certified: outbox.certificate(epoch) !== undefined })
  }

  function certify(epoch: number, matter: Matter): void {
    const before = outbox.certificate(epoch)
    // One whose members have lost a key since then would be refused on chain: they sign again.
    if (before !== undefined && holds(before, matter)) return
    const held = outbox.shares(epoch).filter(({ member }) => matter.keys[member] !== undefined)
    const certificate = certificateOf(held, matter) ?? certificateOf(ownShares(held, matter), matter)
    if (certificate === undefined) return
    outbox.putCertificate(epoch, certificate)
    outbox.addSending(epochKey(epoch), { epoch })
  }

  async function outboxView(): Promise<Json> {
    return ledger.ask((state) => ({
      epochs: state.epochs.closed.map(({ epoch, commitment }) => {
        const sending = outbox.sending(epochKey(epoch))
        return {
          epoch,
          commitment,
          shares: outbox.shares(epoch).length,
          state: stageOf(sending, outbox.certificate(epoch) !== undefined, state.chain.committed.has(epoch)),
          note: sending?.note ?? null,
          transaction: sending?.transactions.at(-1)?.hash ?? null,
          block: sending?.block ?? null,
        }
      }),
    }))
  }

  return {
    bring,
    outbox: outboxView,
    certificates: async () => ({
      certificates: outbox.certificates().map(({ epoch, certificate }) => ({ epoch, ...certificate })),
    }),
  }
}

function certificateOf(shares: readonly Share[], matter: Matter): Certificate | undefined {
  if (shares.length < matter.threshold) return undefined
  const certificate = assemble(shares)
  return certificate.ok && holds(certificate.value, matter) ? certificate.value : undefined
}

function holds(certificate: Certificate, { message, keys, threshold }: Matter): boolean {
  return verifyCertificate(certificate, message, keys, threshold).ok
}

/** Without those that were signed with a key which their member holds no more. */
function ownShares(shares: readonly Share[], { message, keys }: Matter): readonly Share[] {
  return shares.filter(({ member, signature }) => verifyBls(signature, message, keys[member] ?? ''))
}

/** closed → certified → submitted → included → safe → final, never further than the chain says. */
function stageOf(sending: Sending | undefined, certified: boolean, observed: boolean): string {
  if (observed) return 'final'
  if (sending === undefined || sending.state === 'waiting') return certified ? 'certified' : 'closed'
  return sending.state
}

function matterOf(state: State, epoch: number, now: number): Matter | undefined {
  const message = epochMessage(state, epoch)
  const closed = state.epochs.closed[epoch]
  const deployment = state.founded?.deployment
  if (message === undefined || closed === undefined || deployment === undefined) return undefined
  const keys = deployment.committee.members.map((_, member) => {
    const held = state.chain.committeeKeys.get(member)
    return held !== undefined && !held.revoked && held.notAfter * 1000 > now ? held.key : undefined
  })
  return { commitment: closed.commitment, message, keys, threshold: deployment.committee.threshold }
}

/** What is published of an epoch, as the ledger closed it. */
export function publicationOf(
  state: State,
  epoch: number,
): { readonly record: CommitmentRecord; readonly commitment: Digest } | undefined {
  const closed = state.epochs.closed[epoch]
  if (closed === undefined) return undefined
  return { record: closed.published.record as CommitmentRecord, commitment: closed.commitment }
}
