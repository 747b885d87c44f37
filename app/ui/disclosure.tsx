/** More, for whoever wants it. */
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

type Props = {
  readonly title: ReactNode
  readonly children: ReactNode
  readonly open?: boolean
}

export function Disclosure({ title, children, open = false }: Props) {
  return (
    <details className="group" open={open}>
      <summary className="flex min-h-9 list-none items-center gap-1.5 rounded-md text-seal [&::-webkit-details-marker]:hidden">
        <Icon name="chevron" className="size-4 transition-transform group-open:rotate-90" />
        <span className="underline decoration-seal/40 underline-offset-3">{title}</span>
      </summary>
      <div className="mt-2 space-y-3 pl-5">{children}</div>
    </details>
  )
}
