/**
 * Build: from what a human has read and written about a machine to the act that their wallet signs, and the command that
 * carries it. Pure.
 *
 *     revision   the machine's, when the page began: a signature about an earlier state counts for nothing
 *     bodyHash   over incident and reason, which the command carries beside the act
 *     deadline   an hour after the page began; unix seconds
 */
import type { Draft as Command } from '../../../protocol/law/compose.ts'
import { isMisconduct } from '../../../protocol/law/incident/kinds.ts'
import { bytes32OfDigest } from '../../../protocol/wire/abi.ts'
import { actDomain, bodyHash, parseAct, type Act } from '../../../protocol/wire/act.ts'
import type { Domain } from '../../../protocol/wire/eip712.ts'
import { parseDigest } from '../../../protocol/wire/sha256.ts'
import { isBlank } from '../../../protocol/wire/visible-text.ts'
import { registryOf, type DeploymentView } from '../../data/deployment.ts'
import type { Incident } from '../../data/incidents.ts'

const TYPE = 'machine.decommission'

const HOUR_S = 3_600

/** What a wallet's signature looks like that nobody has given yet: for asking what the rules would say. */
const NOT_YET = `0x${'00'.repeat(65)}`

export const STATEMENTS = 3

/** Fixed when the page begins, so that nothing changes while it is compared. */
export type Begun = { readonly at: number; readonly revision: number }

export type Draft = {
  readonly incident: string
  readonly reason: string
  readonly acknowledged: readonly boolean[]
}

export type Missing = 'reason' | 'acknowledgements' | 'time'

export function emptyDraft(incident: string): Draft {
  return { incident, reason: '', acknowledged: Array.from({ length: STATEMENTS }, () => false) }
}

/** Severe misconduct of this machine that a human has upheld. */
export function provenAgainst(machine: string, incidents: readonly Incident[]): readonly Incident[] {
  return incidents.filter(
    ({ accused, status, severity, kind }) =>
      accused === machine && status === 'upheld' && severity === 'severe' && isMisconduct(kind),
  )
}

/** Unix seconds. */
export function deadlineOf({ at }: Begun): number {
  return Math.floor(at / 1000) + HOUR_S
}

export function missingIn(draft: Draft, begun: Begun, now: number): readonly Missing[] {
  const missing: Missing[] = []
  if (isBlank(draft.reason)) missing.push('reason')
  if (draft.acknowledged.length !== STATEMENTS || draft.acknowledged.includes(false)) missing.push('acknowledgements')
  if (now > deadlineOf(begun) * 1000) missing.push('time')
  return missing
}

/** Where the act counts: the identity registry, on its chain. */
export function domainOf(deployment: Pick<DeploymentView, 'chains' | 'contracts'>): Domain {
  const { chainId, address } = registryOf(deployment)
  return actDomain(chainId, address)
}

type By = { readonly deployment: string; readonly machine: string; readonly signer: string }

/** Undefined where what is written cannot be signed, such as half a character. */
export function actOf(draft: Draft, begun: Begun, { deployment, machine, signer }: By): Act | undefined {
  const id = parseDigest(deployment)
  if (!id.ok || !draft.reason.isWellFormed()) return undefined
  const [iUnderstandIt, iCommitIt, iAcceptItsConsequences] = draft.acknowledged
  const act = parseAct({
    deployment: bytes32OfDigest(id.value),
    command: TYPE,
    subject: machine,
    revision: begun.revision,
    bodyHash: bodyHash(statedIn(draft)),
    signer: signer.toLowerCase(),
    iUnderstandIt: iUnderstandIt === true,
    iCommitIt: iCommitIt === true,
    iAcceptItsConsequences: iAcceptItsConsequences === true,
    deadline: deadlineOf(begun),
  })
  return act.ok ? act.value : undefined
}

export function commandOf(draft: Draft, act: Act, signature: string = NOT_YET): Command {
  return {
    type: TYPE,
    subject: act.subject,
    expects: act.revision,
    body: {
      ...statedIn(draft),
      act: {
        signer: act.signer,
        i_understand_it: act.iUnderstandIt,
        i_commit_it: act.iCommitIt,
        i_accept_its_consequences: act.iAcceptItsConsequences,
        deadline: act.deadline,
        signature,
      },
    },
  }
}

/** The act as it will be signed, for asking beforehand: all three statements confirmed. */
export function confirmed(act: Act): Act {
  return { ...act, iUnderstandIt: true, iCommitIt: true, iAcceptItsConsequences: true }
}

function statedIn({ incident, reason }: Draft) {
  return { incident, reason: reason.trim() }
}
