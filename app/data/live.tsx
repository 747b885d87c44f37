/** Keeps every page up to date while it is open, and says whether that works. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, use, useEffect, useState, type ReactNode } from 'react'
import { overviewQuery } from './overview.ts'
import { askAgain, followEntries, type StreamState } from './stream.ts'

const Context = createContext<StreamState>('connecting')

export function useLive(): StreamState {
  return use(Context)
}

export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient()
  const [state, setState] = useState<StreamState>('connecting')
  const { data } = useQuery(overviewQuery)
  const isKnown = data !== undefined
  useEffect(() => {
    if (!isKnown) return undefined
    const from = client.getQueryData(overviewQuery.queryKey)?.entries ?? 0
    return followEntries(from, () => void askAgain(client), setState)
  }, [client, isKnown])
  return <Context value={state}>{children}</Context>
}
