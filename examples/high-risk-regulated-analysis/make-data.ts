/**
 * Makes plants.csv: 81 invented plants, four quarters of 2025, with a fixed generator, so that the file can be made
 * again byte for byte.
 *
 *     node examples/high-risk-regulated-analysis/make-data.ts > plants.csv
 *
 * One flaw is in it on purpose, as it happens in the field: the plant with permit P-2047 was renumbered during the
 * year and is reported under both numbers, 047 and 981, all four quarters each. Every number adds up; the plant is
 * counted twice.
 */
const FUELS = [
  ['natural_gas', 5610],
  ['hard_coal', 9460],
  ['fuel_oil', 7740],
  ['biogas', 540],
] as const

const REGIONS = ['north', 'east', 'south', 'west'] as const

/** A small generator with a fixed seed (mulberry32): the same numbers on every machine. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const DOUBLE_REPORTED = 47

function plantsCsv(): string {
  const next = numbers(20_260_213)
  const lines = ['plant,permit,region,quarter,fuel,activity,unit,factor,verified']
  const doubled: string[] = []
  for (let plant = 1; plant <= 80; plant++) {
    const [fuel, factor] = FUELS[Math.floor(next() * FUELS.length)] ?? FUELS[0]
    const region = REGIONS[Math.floor(next() * REGIONS.length)] ?? 'north'
    const size = 2_000 + Math.floor(next() * next() * 220_000)
    for (let quarter = 1; quarter <= 4; quarter++) {
      const tenths = Math.floor(size * (0.8 + next() * 0.4) * 10)
      const verified = next() < 0.965 ? 'yes' : 'no'
      const row = [
        `P-${2_000 + plant}`,
        region,
        `2025-Q${quarter}`,
        fuel,
        `${Math.floor(tenths / 10)}.${tenths % 10}`,
        'GJ',
        (factor / 100).toFixed(2),
        verified,
      ].join(',')
      lines.push(`${String(plant).padStart(3, '0')},${row}`)
      if (plant === DOUBLE_REPORTED) doubled.push(`981,${row}`)
    }
  }
  return [...lines, ...doubled, ''].join('\n')
}

process.stdout.write(plantsCsv())
