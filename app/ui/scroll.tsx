/** What is longer than its place: it scrolls by keyboard too, so it can be focused and has a name. */
import type { ReactNode } from 'react'

type Props = { readonly name: string; readonly className?: string; readonly children: ReactNode }

export function Scroll({ name, className = 'max-h-[70vh]', children }: Props) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section aria-label={name} tabIndex={0} className={`overflow-auto rounded-lg bg-sunk ${className}`}>
      {children}
    </section>
  )
}
