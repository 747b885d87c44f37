/** Buttons and links that look like them: one strong one on a page, the others quiet. */
import type { ComponentProps, ReactNode } from 'react'

type Look = 'strong' | 'plain' | 'stop' | 'quiet'

const SHAPE =
  'inline-flex items-center justify-center gap-2 rounded-lg font-medium leading-5 motion-safe:transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55'

const SIZES = { normal: 'min-h-11 px-4 py-2', small: 'min-h-9 px-3 py-1.5 text-sm' } as const

const LOOKS: { readonly [look in Look]: string } = {
  strong: 'bg-seal text-on-seal hover:bg-seal-strong',
  plain: 'border border-edge bg-raised text-ink hover:bg-sunk',
  stop: 'border border-stop bg-raised text-stop hover:bg-stop-ground',
  quiet: 'text-seal hover:bg-sunk',
}

type Props = {
  readonly look?: Look
  readonly size?: keyof typeof SIZES
  readonly children: ReactNode
}

export function Button({ look = 'plain', size = 'normal', className = '', ...rest }: Props & ComponentProps<'button'>) {
  return <button type="button" {...rest} className={`${SHAPE} ${SIZES[size]} ${LOOKS[look]} ${className}`} />
}

export function LinkButton({
  look = 'plain',
  size = 'normal',
  className = '',
  children,
  ...rest
}: Props & ComponentProps<'a'>) {
  return (
    <a {...rest} className={`${SHAPE} ${SIZES[size]} ${LOOKS[look]} ${className}`}>
      {children}
    </a>
  )
}
