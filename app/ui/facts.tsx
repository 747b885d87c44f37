/** Names and what they stand for, as a list that screen readers know. */
import type { ReactNode } from 'react'

export function Facts({ children, className = '' }: { readonly children: ReactNode; readonly className?: string }) {
  return <dl className={`grid gap-x-6 gap-y-3 sm:grid-cols-[max-content_minmax(0,1fr)] ${className}`}>{children}</dl>
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="label -mb-2.5 sm:mb-0 sm:pt-px">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  )
}
