/** A dialog that takes the keyboard and gives it back (Radix). */
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { t } from '../text/text.ts'
import { Icon } from './icon.tsx'

type Props = {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly about?: string
  readonly children: ReactNode
}

export function Dialog({ open, onClose, title, about, children }: Props) {
  return (
    <Radix.Root open={open} onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-shade" />
        <Radix.Content
          className="card fixed inset-x-3 top-[6vh] z-50 mx-auto max-h-[88vh] max-w-lg space-y-4 overflow-y-auto p-5 shadow-xl"
          {...(about === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <div className="flex items-start justify-between gap-4">
            <div className="space-y-1">
              <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
              {about === undefined ? null : <Radix.Description className="text-soft">{about}</Radix.Description>}
            </div>
            <Radix.Close className="-m-2 flex size-11 items-center justify-center rounded-lg text-soft hover:bg-sunk">
              <Icon name="cross" />
              <span className="sr-only">{t.wallet.close}</span>
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
