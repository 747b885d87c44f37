/** What is shown while something is asked for, when it could not be had, and when it is there. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { t } from '../text/text.ts'
import { Button } from './button.tsx'
import { Spinner } from './icon.tsx'
import { ErrorNotice } from './notice.tsx'

type Props<T> = {
  readonly query: UseQueryResult<T>
  readonly children: (data: T) => ReactNode
}

/** What was there once stays there while it is asked again, even if that fails: the page says elsewhere that it is old. */
export function Asked<T>({ query, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error !== null) {
    return (
      <ErrorNotice error={query.error}>
        <Button size="small" onClick={() => void query.refetch()}>
          {t.states.retry}
        </Button>
      </ErrorNotice>
    )
  }
  return <Loading />
}

export function Loading({ what = t.states.loading }: { readonly what?: string }) {
  return (
    <output className="flex items-center gap-2 py-2 text-soft">
      <Spinner />
      {what}
    </output>
  )
}
