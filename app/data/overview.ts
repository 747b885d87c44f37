/** The deployment at a glance. */
import { queryOptions } from '@tanstack/react-query'
import { get } from './http.ts'
import { LIVE } from './keys.ts'
import { dictionary, fields, flag, nullable, number, text, type Read } from './read.ts'

const overviewView = fields({
  deployment: text,
  development: flag,
  phase: text,
  phase_ends_at: text,
  commitment_tier: text,
  humans: number,
  machines: number,
  missions: dictionary(number),
  entries: number,
  head: text,
  epoch: number,
  epoch_ends_at: text,
  epochs_closed: number,
  epochs_committed: number,
  overdue_epoch: nullable(number),
  at: text,
})

/** `receivedAt` is the browser's clock when `at` was the deployment's. */
export type Overview = Read<typeof overviewView> & { readonly receivedAt: number }

export async function fetchOverview(signal?: AbortSignal): Promise<Overview> {
  return { ...(await get('/v1/overview', overviewView, signal)), receivedAt: Date.now() }
}

export const overviewQuery = queryOptions({
  queryKey: [...LIVE, 'overview'],
  queryFn: ({ signal }) => fetchOverview(signal),
  // The clock goes on when nothing is recorded: an epoch can become overdue in silence.
  refetchInterval: 15_000,
})
