/** The draw over a million actors, beside hashing them and sorting the hashes. */
import { hash as nativeHash } from 'node:crypto'
import { draw, type Candidate } from '../protocol/wire/draw.ts'
import { rankWords } from '../protocol/wire/draw/rank-words.ts'
import { installNativeSha256 } from '../runtime/signatures/signatures.ts'
import { ms, timed, type Bench } from './support/measure.ts'

const ACTORS = 1_000_000
const SEATS = 101
const REGIONS = ['AF', 'APAC', 'CA', 'EU', 'LATAM', 'ME', 'NA', 'NE', 'OC', 'SA', 'SE']

export const sortition: Bench = {
  name: 'draw',
  about: 'the constrained-random draw beside a plain sort by hash and beside hashing alone',
  run: async (say) => {
    installNativeSha256()
    const pool: Candidate[] = Array.from({ length: ACTORS }, (_, i) => ({
      id: `actor-${i}`,
      region: REGIONS[i % REGIONS.length] ?? 'EU',
      organization: `organization-${i % 5_000}`,
    }))
    const seed = new Uint8Array(32).fill(9)
    const rules = {
      size: SEATS,
      regionCap: 15,
      minRegions: 8,
      minOrganizations: 8,
      minModelFamilies: 0,
      minMethodTypes: 0,
      distinctOperators: false,
    }
    draw({ pool: pool.slice(0, 5_000), rules, seed, recused: new Set() })
    const ours = await timed(() => draw({ pool, rules, seed, recused: new Set() }))
    const hashing = await timed(() => {
      const word = rankWords(seed)
      for (const { id } of pool) word(id)
    })
    const text = Buffer.from(seed).toString('latin1')
    const sorting = await timed(() => {
      const ranked = pool.map(({ id }) => nativeHash('sha256', Buffer.from(text + id, 'latin1'), 'hex'))
      ranked.toSorted()
    })
    const what = `${SEATS} seats out of ${ACTORS.toLocaleString('en-GB')}`
    say({
      what,
      figure: ms(ours),
      baseline: `plain sort by hash ${ms(sorting)}`,
      ratio: sorting / ours,
      goal: { at: 'least', ratio: 20 },
    })
    say({
      what: `${what}, beside hashing alone`,
      figure: ms(ours),
      baseline: `hashing ${ms(hashing)}`,
      ratio: ours / hashing,
      goal: { at: 'most', ratio: 1.6 },
    })
  },
}
