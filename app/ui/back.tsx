/** The way back to where a page belongs. */
import { Icon } from './icon.tsx'

export function Back({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <a href={href} className="link inline-flex min-h-9 items-center gap-1.5">
      <Icon name="back" className="size-4" />
      {children}
    </a>
  )
}
