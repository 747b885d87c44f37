/** One thing by its name: asked for, there, or not there, which is an answer and no mistake. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { codeOf } from '../errors/words.ts'
import { Asked } from './asked.tsx'
import { Notice } from './notice.tsx'

type Props<T> = {
  readonly query: UseQueryResult<T>
  readonly id: string
  readonly missing: string
  readonly children: (data: T) => ReactNode
}

export function Found<T>({ query, id, missing, children }: Props<T>) {
  if (query.error !== null && codeOf(query.error) === 'not-found') {
    return (
      <Notice title={missing}>
        <p className="hash">{id}</p>
      </Notice>
    )
  }
  return <Asked query={query}>{children}</Asked>
}
