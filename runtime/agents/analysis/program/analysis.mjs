// The worker's analysis, as it is attached to the evidence: reads plants.csv, writes report.json (canonical JSON).
//
//     node analysis.mjs plants.csv report.json
//
// Integers throughout: activity in tenths of a gigajoule, factors in hundredths of a kilogram per gigajoule, so a row's
// emissions are exact in grams. Rounding happens once, at the end (Article 2).
import { readFileSync, writeFileSync } from 'node:fs'

const PERIOD = '2025'
const LARGE_FROM_TONNES = 25000
const CAP_TONNES = 900000
const GRAMS_PER_TONNE = 1000000

const [, , input, output] = process.argv

const [head, ...lines] = readFileSync(input, 'utf8').trimEnd().split('\n')
const names = head.split(',')
const rows = lines.map((line) => Object.fromEntries(line.split(',').map((value, i) => [names[i], value])))

const counted = rows.filter((row) => row.quarter.startsWith(`${PERIOD}-`) && row.unit === 'GJ')
const gramsByPlant = new Map()
const gramsByFuel = new Map()
let total = 0
let verified = 0
for (const row of counted) {
  const grams = fixed(row.activity, 1) * fixed(row.factor, 2)
  total += grams
  if (row.verified === 'yes') verified += grams
  gramsByPlant.set(row.plant, (gramsByPlant.get(row.plant) ?? 0) + grams)
  gramsByFuel.set(row.fuel, (gramsByFuel.get(row.fuel) ?? 0) + grams)
}
if (!Number.isSafeInteger(total)) throw new Error('the sum is too large to be exact')

const report = {
  by_fuel: [...gramsByFuel].map(([fuel, grams]) => ({ fuel, tonnes: tonnes(grams) })).sort(by('fuel')),
  cap_kept: tonnes(total) <= CAP_TONNES,
  cap_tonnes: CAP_TONNES,
  disclosures: rows.filter((row) => row.unit !== 'GJ').map(({ plant, quarter, unit }) => ({ plant, quarter, unit })),
  large_from_tonnes: LARGE_FROM_TONNES,
  large_plants: [...gramsByPlant]
    .map(([plant, grams]) => ({ plant, tonnes: tonnes(grams) }))
    .filter((plant) => plant.tonnes >= LARGE_FROM_TONNES)
    .sort(by('plant')),
  period: PERIOD,
  plants: gramsByPlant.size,
  rows: counted.length,
  total_tonnes: tonnes(total),
  verified_permille: Math.floor((verified * 1000) / total),
}

writeFileSync(output, `${canonical(report)}\n`)

// A decimal with at most `places` decimals as an integer of its last place.
function fixed(text, places) {
  const match = /^(\d{1,9})(?:\.(\d+))?$/.exec(text)
  if (match === null || (match[2] ?? '').length > places) throw new Error(`not a number of ${places} decimals: ${text}`)
  return Number(match[1] + (match[2] ?? '').padEnd(places, '0'))
}

// 0.1 GJ times 0.01 kg/GJ is a gram.
function tonnes(grams) {
  return Math.floor((grams + GRAMS_PER_TONNE / 2) / GRAMS_PER_TONNE)
}

function by(key) {
  return (a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0)
}

// Canonical JSON for what a report holds: integers, strings, booleans, lists and objects.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`
}
