/** Everything that keeps the button shut, each named: a shut button that does not say why is a broken one. Pure. */
import type { Action } from '../../data/actions.ts'
import type { WalletState } from '../../wallet/state.ts'
import type { Agreement } from './agreement.ts'
import type { Missing } from './draft.ts'

export type Answered =
  { readonly kind: 'unknown' } | { readonly kind: 'holds' } | { readonly kind: 'fails'; readonly code: string }

export type Situation = {
  readonly wallet: WalletState['kind']
  /** The verification's own verdict, with the first step that is not green. */
  readonly verified:
    { readonly kind: 'not-yet' | 'holds' } | { readonly kind: 'fails'; readonly step: string | undefined }
  /** The contract that would be signed for is the one that the genesis entry names. */
  readonly gateIsGenuine: boolean | undefined
  readonly agreement: Agreement
  readonly action: Pick<Action, 'answer' | 'violations'> | undefined
  readonly isDecidedKnown: boolean
  readonly rehearsal: Answered
  readonly foreseen: Answered
  readonly missing: readonly Missing[]
}

export type Obstacle =
  | { readonly kind: 'wallet' | 'network' | 'identity' }
  | { readonly kind: 'verify' | 'verify-again' | 'differs' | 'foreign-gate' }
  | { readonly kind: 'step'; readonly step: string }
  | { readonly kind: 'blocked'; readonly code: string }
  | { readonly kind: 'answer' | 'rehearsal' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'missing'; readonly missing: Missing }

export function obstaclesIn(situation: Situation): readonly Obstacle[] {
  return [
    ...ofWallet(situation),
    ...ofRules(situation),
    ...ofVerification(situation),
    ...ofChain(situation),
    ...situation.missing.map((missing) => ({ kind: 'missing', missing }) as const),
  ]
}

function ofWallet({ wallet }: Situation): readonly Obstacle[] {
  switch (wallet) {
    case 'none':
    case 'connecting':
    case 'locked':
      return [{ kind: 'wallet' }]
    case 'elsewhere':
      return [{ kind: 'network' }]
    case 'stranger':
      return [{ kind: 'identity' }]
    case 'ready':
      return []
  }
}

function ofRules({ action, wallet }: Situation): readonly Obstacle[] {
  if (action?.answer !== 'blocked' || wallet === 'none' || wallet === 'stranger') return []
  return action.violations.map(({ constraint }) => ({ kind: 'blocked', code: constraint }))
}

function ofVerification({ verified, gateIsGenuine, agreement }: Situation): readonly Obstacle[] {
  if (verified.kind === 'not-yet') return [{ kind: 'verify' }]
  if (verified.kind === 'fails') return [{ kind: 'step', step: verified.step ?? '' }]
  if (gateIsGenuine === false) return [{ kind: 'foreign-gate' }]
  switch (agreement) {
    case 'unknown':
      return [{ kind: 'verify' }]
    case 'behind':
      return [{ kind: 'verify-again' }]
    case 'differs':
      return [{ kind: 'differs' }]
    case 'same':
      return []
  }
}

/** What can only be asked once there is somebody to ask for. */
function ofChain({ wallet, action, isDecidedKnown, rehearsal, foreseen, verified }: Situation): readonly Obstacle[] {
  if (wallet !== 'ready') return []
  const obstacles: Obstacle[] = []
  if (!isDecidedKnown) obstacles.push({ kind: 'answer' })
  if (rehearsal.kind === 'unknown') obstacles.push({ kind: 'rehearsal' })
  if (rehearsal.kind === 'fails') obstacles.push({ kind: 'refused', code: rehearsal.code })
  // Reasons that the list of actions gives already are not said twice.
  const saidAlready = action?.answer === 'blocked'
  if (verified.kind === 'holds' && foreseen.kind === 'unknown' && !saidAlready) obstacles.push({ kind: 'verify' })
  if (foreseen.kind === 'fails' && !saidAlready) obstacles.push({ kind: 'verify-again' })
  return obstacles
}
