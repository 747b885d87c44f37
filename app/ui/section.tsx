/** A part of a page with a heading that can be linked to. */
import type { ReactNode } from 'react'

type Props = {
  readonly id: string
  readonly title: string
  readonly lead?: string
  readonly children: ReactNode
}

export function Section({ id, title, lead, children }: Props) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-20 space-y-4">
      <header className="space-y-1">
        <h2 id={`${id}-title`} tabIndex={-1} className="text-xl font-semibold tracking-tight outline-none">
          {title}
        </h2>
        {lead === undefined ? null : <p className="max-w-[68ch] text-soft">{lead}</p>}
      </header>
      {children}
    </section>
  )
}
