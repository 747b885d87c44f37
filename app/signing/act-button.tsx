/**
 * The one button of this app that acts: drawn from the protocol's list of actions and from nothing else. Blocked, it
 * stays where it is, cannot be pressed, and says why underneath.
 */
import { useQuery } from '@tanstack/react-query'
import { useId, type ReactNode } from 'react'
import { actionsQuery, type Action } from '../data/actions.ts'
import { addressOf } from '../routing/route.ts'
import { t } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Spinner } from '../ui/icon.tsx'
import { ErrorNotice } from '../ui/notice.tsx'
import { Violations } from '../ui/violations.tsx'
import type { Acting } from './use-act.ts'
import { useMyKey } from './use-key.ts'

/** The action for the human of this page; undefined before the list is there, null where the list does not have it. */
export function useAction(subject: string, type: string): Action | null | undefined {
  const { actor } = useMyKey()
  const { data } = useQuery({ ...actionsQuery(subject, actor), enabled: actor !== '' })
  return data === undefined ? undefined : (data.find((action) => action.type === type) ?? null)
}

type Props = {
  readonly type: string
  readonly subject: string
  readonly acting: Acting
  readonly look?: 'strong' | 'plain' | 'stop'
  /** What is still missing in the form, in words. */
  readonly missing?: readonly string[]
  /** For whoever hears it, where the words of the button alone do not say which. */
  readonly label?: string
  readonly onPress: () => void
  readonly children: ReactNode
}

const NOTHING: readonly string[] = []

export function ActButton({
  type,
  subject,
  acting,
  look = 'plain',
  missing = NOTHING,
  label,
  onPress,
  children,
}: Props) {
  const id = useId()
  const mine = useMyKey()
  const action = useAction(subject, type)
  const busy = acting.act.kind === 'busy'
  const blocked = action?.answer === 'blocked' ? action.violations : []
  const shut = missing.length > 0 || action?.answer === 'blocked' || mine.standing !== 'active'
  if (mine.error !== null && mine.error !== undefined) return <ErrorNotice error={mine.error} />
  if (action === null || action === undefined) return null
  return (
    <div className="space-y-2">
      <Button
        look={look}
        aria-disabled={shut || busy}
        aria-describedby={id}
        {...(label === undefined ? {} : { 'aria-label': label })}
        data-action={type}
        onClick={() => {
          if (!shut && !busy) onPress()
        }}
      >
        {busy ? <Spinner /> : null}
        {children}
      </Button>
      <div id={id} className="space-y-1 text-sm empty:hidden">
        {blocked.length > 0 ? <Violations violations={blocked} /> : null}
        {blocked.length === 0 && mine.standing !== undefined && mine.standing !== 'active' ? (
          <p>
            {t.keys.needed[mine.standing]}{' '}
            <a className="link" href={addressOf({ page: 'me' })}>
              {t.keys.go}
            </a>
          </p>
        ) : null}
        {blocked.length === 0 && missing.length > 0 ? (
          <ul className="list-disc space-y-0.5 pl-5 text-soft">
            {missing.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        ) : null}
      </div>
    </div>
  )
}
