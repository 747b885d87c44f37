/** The deployment's clock, as a hook: the browser's, corrected where it is plainly off. Milliseconds since 1970. */
import { useQuery, type QueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { overviewQuery, type Overview } from './overview.ts'

/** A difference that the way of an answer explains. Milliseconds. */
const TOLERATED = 3_000

export function useNow(everyMs = 1_000): number {
  const { data } = useQuery(overviewQuery)
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now + offsetOf(data)
}

/** The same clock, asked once, outside of drawing. */
export function presentTime(client: QueryClient): number {
  return Date.now() + offsetOf(client.getQueryData(overviewQuery.queryKey))
}

export function offsetOf(overview: Pick<Overview, 'at' | 'receivedAt'> | undefined): number {
  if (overview === undefined) return 0
  const offset = Date.parse(overview.at) - overview.receivedAt
  return Math.abs(offset) <= TOLERATED ? 0 : offset
}
