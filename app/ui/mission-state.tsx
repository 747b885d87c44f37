/** The state of a mission as a badge. */
import { t } from '../text/text.ts'
import { Badge, type Tone } from './badge.tsx'

const TONES: { readonly [state: string]: Tone } = {
  Completed: 'good',
  FinalHumanGate: 'heed',
  Rejected: 'stop',
  Rework: 'heed',
}

export function StateBadge({ state }: { readonly state: string }) {
  return <Badge tone={TONES[state] ?? 'plain'}>{t.missionStates[state] ?? state}</Badge>
}
