import assert from 'node:assert/strict'
import test from 'node:test'
import {
  checkInfeasibility,
  checkSeating,
  draw,
  MAX_REVIEW_SEATS,
  MAX_SEATS,
  rankKey,
  type Candidate,
  type Drawn,
  type DrawInput,
  type Infeasibility,
} from '../../../../protocol/wire/draw.ts'
import { CHAMBER, numbers, seedOf } from './pools.ts'

/** `ana EU acme` is Ana of acme in Europe. */
function people(...lines: readonly string[]): Candidate[] {
  return lines.map((line) => {
    const [id = '', region = '', organization = ''] = line.split(' ')
    return { id, region, organization }
  })
}

/** `m1 EU acme olga gpt reasoning`: a machine with operator, model family and method type. */
function machines(...lines: readonly string[]): Candidate[] {
  return lines.map((line) => {
    const [id = '', region = '', organization = '', operator = '', modelFamily = '', methodType = ''] = line.split(' ')
    return { id, region, organization, operator, modelFamily, methodType }
  })
}

const POOL = people('ana EU acme', 'bo NA acme', 'cy EU brill', 'di AF corvo', 'ed NA corvo', 'fay EU dune')

function input(change: Partial<DrawInput> = {}): DrawInput {
  return { pool: POOL, rules: CHAMBER, seed: seedOf(1), recused: new Set(), ...change }
}

function outcome(given: DrawInput): Drawn {
  const drawn = draw(given)
  assert.ok(drawn.ok, JSON.stringify(drawn))
  return drawn.value
}

function seated(given: DrawInput): string[] {
  const drawn = outcome(given)
  assert.equal(drawn.outcome, 'seated')
  return drawn.outcome === 'seated' ? drawn.members.map(({ id }) => id) : []
}

function certificate(given: DrawInput): Infeasibility {
  const drawn = outcome(given)
  assert.equal(drawn.outcome, 'infeasible')
  if (drawn.outcome !== 'infeasible') throw new Error('seated')
  assert.ok(checkInfeasibility(given, drawn.certificate).ok)
  return drawn.certificate
}

function refusal(given: DrawInput): { code: string; path?: string } {
  const drawn = draw(given)
  assert.ok(!drawn.ok)
  const { code, path } = drawn.error
  return path === undefined ? { code } : { code, path }
}

const byRank = (seed: Uint8Array, ids: readonly string[]): string[] =>
  ids.toSorted((a, b) => Buffer.compare(rankKey(seed, a), rankKey(seed, b)))

test('without constraints the best ranks are seated, in rank order, whatever the order of the pool', () => {
  const expected = byRank(
    seedOf(1),
    POOL.map(({ id }) => id),
  ).slice(0, 3)
  assert.deepEqual(seated(input()), expected)
  assert.deepEqual(seated(input({ pool: POOL.toReversed() })), expected)
  assert.notDeepEqual(seated(input({ seed: seedOf(2) })), expected)
})

test('recused members take no seat, and strangers among the recused change nothing', () => {
  const [first] = seated(input())
  const without = seated(input({ recused: new Set([first!, 'nobody']) }))
  assert.ok(!without.includes(first!))
  assert.deepEqual(
    without,
    byRank(
      seedOf(1),
      POOL.map(({ id }) => id).filter((id) => id !== first),
    ).slice(0, 3),
  )
})

test('ids are data, also those that every object has as a property', () => {
  const pool = people('__proto__ EU constructor', 'constructor NA __proto__', 'toString AF valueOf')
  const rules = { ...CHAMBER, minRegions: 3, minOrganizations: 3 }
  assert.equal(new Set(seated(input({ pool, rules }))).size, 3)
})

test('a pool with an id twice is refused, though one of them be recused', () => {
  for (const recused of [new Set<string>(), new Set(['ana'])]) {
    const pool = [...POOL, ...people('ana NA other')]
    assert.deepEqual(refusal(input({ pool, recused })), { code: 'draw-duplicate-id', path: '/pool' })
  }
})

test('a candidate without id, region or organization is refused and named', () => {
  const broken: [Partial<Candidate>, string][] = [
    [{ id: '' }, 'draw-candidate-id'],
    [{ id: 'a\ud800' }, 'draw-candidate-id'],
    [{ id: 7 as unknown as string }, 'draw-candidate-id'],
    [{ region: '' }, 'draw-candidate-code'],
    [{ organization: '' }, 'draw-candidate-code'],
    [{ organization: undefined as unknown as string }, 'draw-candidate-code'],
    [{ operator: '' }, 'draw-candidate-code'],
    [{ modelFamily: '' }, 'draw-candidate-code'],
  ]
  for (const [change, code] of broken) {
    const pool = POOL.map((candidate, i) => (i === 2 ? { ...candidate, ...change } : candidate))
    assert.deepEqual(refusal(input({ pool })), { code, path: '/pool/2' }, JSON.stringify(change))
  }
  const rules = { ...CHAMBER, minMethodTypes: 1 }
  assert.deepEqual(refusal(input({ rules })), { code: 'draw-candidate-code', path: '/pool/0' })
})

test('rules out of range are refused and named', () => {
  const broken: [Partial<DrawInput['rules']>, string][] = [
    [{ size: 0 }, '/rules/size'],
    [{ size: -1 }, '/rules/size'],
    [{ size: 1.5 }, '/rules/size'],
    [{ size: NaN }, '/rules/size'],
    [{ size: MAX_SEATS + 1 }, '/rules/size'],
    [{ regionCap: -1 }, '/rules/regionCap'],
    [{ regionCap: 0.5 }, '/rules/regionCap'],
    [{ minRegions: -1 }, '/rules/minRegions'],
    [{ minOrganizations: 1.5 }, '/rules/minOrganizations'],
    [{ minModelFamilies: NaN }, '/rules/minModelFamilies'],
    [{ minMethodTypes: -1 }, '/rules/minMethodTypes'],
    [{ regionMinMembers: 0 }, '/rules/regionMinMembers'],
    [{ regionShareFactor: '3e0' }, '/rules/regionShareFactor'],
  ]
  for (const [change, path] of broken) {
    assert.deepEqual(refusal(input({ rules: { ...CHAMBER, ...change } })), { code: 'draw-rule', path }, path)
  }
  assert.deepEqual(refusal(input({ seed: new Uint8Array(31) })), { code: 'draw-seed', path: '/seed' })
})

test('sixteen seats with operators, families or methods to tell apart are drawn, seventeen are refused', () => {
  const pool = Array.from({ length: 40 }, (_, i) =>
    machines(`m${i} r${i % 4} o${i % 9} p${i % 20} f${i % 3} t${i % 2}`),
  ).flat()
  for (const asked of [{ distinctOperators: true }, { minModelFamilies: 3 }, { minMethodTypes: 2 }]) {
    assert.equal(seated(input({ pool, rules: { ...CHAMBER, ...asked, size: MAX_REVIEW_SEATS } })).length, 16)
    assert.deepEqual(refusal(input({ pool, rules: { ...CHAMBER, ...asked, size: MAX_REVIEW_SEATS + 1 } })), {
      code: 'draw-too-many-seats',
      path: '/rules/size',
    })
  }
  assert.equal(seated(input({ pool, rules: { ...CHAMBER, size: 17 } })).length, 17)
})

test('an empty pool is infeasible, not malformed', () => {
  assert.deepEqual(certificate(input({ pool: [] })), {
    reason: 'insufficient_eligible',
    constraint: 'seats',
    counts: { size: 3, seated: 0, eligible: 0, required: 3, reachable: 0 },
  })
})

test('each starving constraint is named with the most that can be had of it', () => {
  const counts = { size: 3, seated: 0, eligible: 6 }
  const review = machines(
    'a EU x p f1 t1',
    'b NA y p f1 t1',
    'c AF z q f1 t2',
    'd EU x r f1 t1',
    'e EU w s f1 t1',
    'g NA v t f1 t1',
  )
  const starving: [readonly Candidate[], Partial<DrawInput['rules']>, Infeasibility][] = [
    [
      POOL,
      { regionCap: 1, size: 4 },
      {
        reason: 'insufficient_eligible',
        constraint: 'seats',
        counts: { ...counts, size: 4, required: 4, reachable: 3 },
      },
    ],
    [
      POOL,
      { minRegions: 4 },
      { reason: 'region_diversity', constraint: 'regions', counts: { ...counts, required: 4, reachable: 3 } },
    ],
    [
      POOL,
      { minRegions: 4, size: 2, regionCap: 9 },
      { reason: 'region_diversity', constraint: 'regions', counts: { ...counts, size: 2, required: 4, reachable: 2 } },
    ],
    [
      POOL,
      { minOrganizations: 5, size: 6 },
      {
        reason: 'organization_diversity',
        constraint: 'organizations',
        counts: { ...counts, size: 6, required: 5, reachable: 4 },
      },
    ],
    [
      review,
      { minModelFamilies: 2 },
      {
        reason: 'model_family_diversity',
        constraint: 'model_families',
        counts: { ...counts, required: 2, reachable: 1 },
      },
    ],
    [
      review,
      { minMethodTypes: 3 },
      { reason: 'method_type_diversity', constraint: 'method_types', counts: { ...counts, required: 3, reachable: 2 } },
    ],
    [
      review,
      { distinctOperators: true, size: 6 },
      {
        reason: 'insufficient_eligible',
        constraint: 'seats',
        counts: { ...counts, size: 6, required: 6, reachable: 5 },
      },
    ],
  ]
  for (const [pool, change, expected] of starving) {
    assert.deepEqual(certificate(input({ pool, rules: { ...CHAMBER, ...change } })), expected)
  }
})

test('constraints that can be met alone but not together starve jointly', () => {
  const pool = people('a EU acme', 'b NA acme', 'c EU brill', 'd EU corvo')
  const rules = { ...CHAMBER, size: 2, minRegions: 2, minOrganizations: 2 }
  assert.equal(seated(input({ pool, rules })).length, 2)
  const recused = new Set(['b'])
  const others = [...pool, ...people('e NA acme')].filter(({ id }) => id !== 'a')
  assert.ok(seated(input({ pool: others, rules, recused })).includes('e'))

  const crossed = people('a EU acme', 'b NA acme', 'c AF acme', 'd EU brill', 'e EU corvo')
  assert.deepEqual(certificate(input({ pool: crossed, rules: { ...CHAMBER, minRegions: 3, minOrganizations: 3 } })), {
    reason: 'joint_diversity',
    constraint: 'organizations',
    counts: { size: 3, seated: 0, eligible: 5, required: 3, reachable: 2 },
  })
})

test('a region counts toward diversity by its members before recusals', () => {
  const pool = people('a EU w', 'b EU x', 'c NA y', 'd NA z', 'e AF v')
  const rules = { ...CHAMBER, minRegions: 2, regionMinMembers: 2 }
  assert.equal(seated(input({ pool, rules, recused: new Set(['a']) })).length, 3)
  assert.equal(certificate(input({ pool, rules: { ...rules, minRegions: 3 } })).reason, 'region_diversity')
  assert.equal(certificate(input({ pool, rules, recused: new Set(['a', 'b']) })).reason, 'region_diversity')
})

test('a region holds no more seats than its share of the pool before recusals allows', () => {
  const pool = Array.from({ length: 20 }, (_, i) => people(`a${i} ${i < 4 ? 'EU' : i < 8 ? 'NA' : 'AF'} o${i}`)).flat()
  const rules = { ...CHAMBER, size: 5, regionShareFactor: '1.0' }
  for (let i = 0; i < 50; i++) {
    const members = seated(input({ pool, rules, seed: seedOf(i) }))
    const from = (region: string): number =>
      members.filter((id) => pool.some((candidate) => candidate.id === id && candidate.region === region)).length
    assert.ok(from('EU') <= 1 && from('NA') <= 1 && from('AF') <= 3, members.join())
  }
})

test('a member who leaves is replaced by the next in the same draw, and the whole stays valid', () => {
  const below = numbers(5)
  const pool = Array.from({ length: 12 }, (_, i) => {
    const operator = below(8)
    return machines(`m${i} r${operator % 4} o${operator % 5} p${operator} f${below(3)} t${below(3)}`)
  }).flat()
  const rules = {
    ...CHAMBER,
    size: 5,
    minRegions: 3,
    minOrganizations: 3,
    minModelFamilies: 2,
    minMethodTypes: 2,
    distinctOperators: true,
  }
  for (let i = 0; i < 100; i++) {
    const given = input({ pool, rules, seed: seedOf(i) })
    const before = outcome(given)
    assert.ok(before.outcome === 'seated')
    const leaving = before.members[i % 5]!
    const kept = before.members.filter((member) => member !== leaving)
    const after = outcome({ ...given, recused: new Set([leaving.id]), seated: kept })
    if (after.outcome === 'infeasible') continue
    assert.equal(after.drawn.length, 1)
    assert.ok(!before.members.includes(after.drawn[0]!))
    const ids = after.members.map(({ id }) => id)
    assert.deepEqual(ids, byRank(seedOf(i), ids))
    assert.equal(new Set(after.members.map(({ operator }) => operator)).size, 5)
    assert.ok(checkSeating({ ...given, recused: new Set([leaving.id]), seated: kept }, ids).ok)
  }
})

test('members who keep their seats are checked like the pool', () => {
  const [ana, bo, cy] = POOL as [Candidate, Candidate, Candidate]
  const refused: [Partial<DrawInput>, string][] = [
    [{ seated: [ana, ana] }, 'draw-seated-twice'],
    [{ seated: [ana], recused: new Set(['ana']) }, 'draw-seated-recused'],
    [{ seated: [{ ...ana, region: 'NA' }] }, 'draw-seated-differs'],
    [{ seated: POOL.slice(0, 4) }, 'draw-seated-too-many'],
    [{ seated: [ana, cy], rules: { ...CHAMBER, regionCap: 1 } }, 'draw-seated-over-cap'],
    [{ seated: [{ ...ana, region: '' }] }, 'draw-candidate-code'],
  ]
  for (const [change, code] of refused) assert.equal(refusal(input(change)).code, code)
  const machine = { ...bo, id: 'bot', operator: 'bo' }
  const rules = { ...CHAMBER, distinctOperators: true }
  const shared = { pool: [...POOL, machine], rules, seated: [bo, machine] }
  assert.equal(refusal(input(shared)).code, 'draw-seated-operator')
  assert.deepEqual(seated(input({ seated: [ana, bo, cy] })).toSorted(), ['ana', 'bo', 'cy'])
})

test('a human and a machine they operate do not sit together where operators must differ', () => {
  const pool = [...people('bo NA acme'), { id: 'bot', region: 'NA', organization: 'acme', operator: 'bo' }]
  const rules = { ...CHAMBER, size: 2, distinctOperators: true }
  assert.equal(certificate(input({ pool, rules })).reason, 'insufficient_eligible')
  assert.equal(seated(input({ pool, rules: { ...rules, distinctOperators: false } })).length, 2)
})

test('a claimed seating holds only as it was drawn', () => {
  const given = input()
  const members = seated(given)
  const outsider = POOL.find(({ id }) => !members.includes(id))!.id
  const code = (ids: readonly string[]): string => {
    const checked = checkSeating(given, ids)
    return checked.ok ? 'ok' : checked.error.code
  }
  assert.equal(code(members), 'ok')
  assert.equal(code(members.slice(1)), 'seating-size')
  assert.equal(code([...members, outsider]), 'seating-size')
  assert.equal(code([members[1]!, members[0]!, members[2]!]), 'seating-differs')
  assert.deepEqual(checkSeating(given, [members[0]!, outsider, members[2]!]), {
    ok: false,
    error: { code: 'seating-differs', path: '/1', params: { given: outsider, expected: members[1]! } },
  })
  assert.deepEqual(checkSeating(input({ pool: [] }), members), {
    ok: false,
    error: { code: 'seating-infeasible', params: { reason: 'insufficient_eligible' } },
  })
  assert.equal(checkSeating(input({ seed: new Uint8Array(3) }), members).ok, false)
})

test('a certificate holds only with its own reason and counts, and never for a pool that can be seated', () => {
  const given = input({ rules: { ...CHAMBER, minRegions: 4 } })
  const true_ = certificate(given)
  const code = (certificate: Infeasibility, of = given): string => {
    const checked = checkInfeasibility(of, certificate)
    return checked.ok ? 'ok' : checked.error.code
  }
  assert.equal(code(true_), 'ok')
  assert.equal(code({ ...true_, reason: 'organization_diversity' }), 'infeasibility-differs')
  assert.equal(code({ ...true_, counts: { ...true_.counts, reachable: 2 } }), 'infeasibility-differs')
  assert.equal(code(true_, input()), 'infeasibility-false')
  assert.equal(code(true_, { ...given, pool: [...POOL, POOL[0]!] }), 'draw-duplicate-id')
})

test('the answer does not depend on the clock or on chance', () => {
  const given = input({ rules: { ...CHAMBER, minRegions: 3, minOrganizations: 3 } })
  const before = seated(given)
  const [random, now] = [Math.random, Date.now]
  const thrower = (): never => {
    throw new Error('impure')
  }
  try {
    Math.random = thrower
    Date.now = thrower
    assert.deepEqual(seated(given), before)
  } finally {
    Math.random = random
    Date.now = now
  }
})
