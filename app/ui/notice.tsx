/** Something that must not be overlooked, with what to do about it. */
import type { ReactNode } from 'react'
import { wordsFor } from '../errors/words.ts'
import { Icon, type IconName } from './icon.tsx'

type Tone = 'plain' | 'good' | 'heed' | 'stop'

const TONES: { readonly [tone in Tone]: { readonly box: string; readonly mark: string; readonly icon: IconName } } = {
  plain: { box: 'border-line bg-raised', mark: 'text-soft', icon: 'dot' },
  good: { box: 'border-seal/40 bg-seal-ground', mark: 'text-seal', icon: 'check' },
  heed: { box: 'border-heed-line bg-heed-ground', mark: 'text-heed', icon: 'alert' },
  stop: { box: 'border-stop-line bg-stop-ground', mark: 'text-stop', icon: 'alert' },
}

type Props = {
  readonly tone?: Tone
  readonly title: string
  readonly children?: ReactNode
  /** Read out at once when it appears. */
  readonly urgent?: boolean
}

export function Notice({ tone = 'plain', title, children, urgent = false }: Props) {
  const { box, mark, icon } = TONES[tone]
  return (
    <div role={urgent ? 'alert' : undefined} className={`flex gap-3 rounded-card border p-4 ${box}`}>
      <Icon name={icon} className={`mt-0.5 ${mark}`} />
      <div className="min-w-0 flex-1 space-y-1.5">
        <p className="font-semibold">{title}</p>
        {children}
      </div>
    </div>
  )
}

/** An error in words, with its code to pass on. */
export function ErrorNotice({ error, children }: { readonly error: unknown; readonly children?: ReactNode }) {
  const { title, what, code } = wordsFor(error)
  return (
    <Notice tone="stop" title={title} urgent>
      {what === undefined ? null : <p>{what}</p>}
      <p className="hash text-soft">{code}</p>
      {children}
    </Notice>
  )
}
