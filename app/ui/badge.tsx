/** A short word about a state. Colour only underlines what the word says. */
import type { ReactNode } from 'react'

export type Tone = 'plain' | 'good' | 'heed' | 'stop'

const TONES: { readonly [tone in Tone]: string } = {
  plain: 'border-line bg-sunk text-soft',
  good: 'border-seal/30 bg-seal-ground text-seal',
  heed: 'border-heed-line bg-heed-ground text-heed',
  stop: 'border-stop-line bg-stop-ground text-stop',
}

export function Badge({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full border px-2.5 py-0.5 text-sm font-medium whitespace-nowrap ${TONES[tone]}`}
    >
      {children}
    </span>
  )
}
