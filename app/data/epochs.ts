/** Closed epochs with the record that the committee signed, and the entries that they hold. */
import { queryOptions } from '@tanstack/react-query'
import { ask, get } from './http.ts'
import { LIVE } from './keys.ts'
import { anything, fields, flag, number, text, type Read } from './read.ts'

const epoch = fields({
  epoch: number,
  record: anything,
  commitment: text,
  first_seq: number,
  last_seq: number,
  committed: flag,
})

export type EpochView = Read<typeof epoch>

export function fetchEpoch(number: number, signal?: AbortSignal): Promise<EpochView> {
  return get(`/v1/epochs/${number}`, epoch, signal)
}

export function epochQuery(number: number) {
  return queryOptions({
    queryKey: [...LIVE, 'epoch', number],
    queryFn: ({ signal }) => fetchEpoch(number, signal),
  })
}

const PAGE = 500

/** The canonical texts of all entries from `first` to `last`. */
export async function fetchLines(first: number, last: number, signal?: AbortSignal): Promise<readonly string[]> {
  const all: string[] = []
  for (let next = first; next <= last; next += PAGE) {
    const limit = Math.min(PAGE, last - next + 1)
    const response = await ask(`/v1/entries?from=${next}&limit=${limit}`, signal === undefined ? {} : { signal })
    all.push(...(await response.text()).split('\n').filter((line) => line !== ''))
  }
  return all
}
