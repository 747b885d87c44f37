/** Intake and risk (spec 3.1, 3.2; C-01, C-02): what an owner may define, and what a tier asks whatever they say. */
import assert from 'node:assert/strict'
import { topologyOfMission } from '../../../../protocol/law/mission/topology.ts'
import { describe, it } from 'node:test'
import { fork } from '../../../support/law/fork.ts'
import { scopeBody } from '../../../support/law/flow.ts'
import { operational, ownership, physical, responsibility, withholds } from '../../../support/law/outcomes.ts'
import { ADA, NOOR, OPERATORS, PLANNER, RUNTIME } from '../../../support/law/people.ts'
import { committed, emptyBench, founded, genesisBody, type Bench } from '../../../support/law/world.ts'

const [bea] = OPERATORS
const base = founded()
committed(base.send(NOOR, 'mission.create', 'm-1', { title: 'A report', summary: 'We need it.' }))

function scopedWith(change: object, bench: Bench = fork(base)) {
  return withholds(bench, NOOR, 'mission.scope', 'm-1', scopeBody('documentation_update', change))
}

describe('intake', () => {
  it('gives a mission to the human who creates it', () => {
    assert.equal(base.state.missions.get('m-1')?.owner, 'noor')
  })

  it('takes a name once, and none that is an actor’s or the books’ own', () => {
    const bench = fork(base)
    for (const [subject, kind] of [
      ['m-1', 'mission'],
      ['noor', 'human'],
      ['worker-1', 'machine'],
      ['runtime', 'runtime'],
      ['epochs', 'epochs'],
      ['unknown', 'unknown'],
    ] as const) {
      assert.deepEqual(withholds(bench, bea, 'mission.create', subject, { title: 'T', summary: 'S' }), [
        operational('mission-is-new', { subject, kind }),
      ])
    }
  })

  for (const subject of ['__proto__', 'constructor', 'tostring', 'm'.repeat(128)]) {
    it(`takes ${subject.slice(0, 20)} as the name that it is`, () => {
      const bench = fork(base)
      committed(bench.send(NOOR, 'mission.create', subject, { title: 'T', summary: 'S' }))
      committed(bench.send(NOOR, 'mission.scope', subject, scopeBody()))
      assert.equal(bench.state.missions.get(subject)?.status, 'Scoped')
    })
  }

  for (const field of [
    'scope',
    'mission_class',
    'domain_type',
    'acceptance_criteria',
    'risk_acknowledgement',
    'planner',
    'integrator',
  ] as const) {
    it(`is no command without ${field}`, () => {
      const { [field]: _left, ...rest } = scopeBody()
      assert.throws(() => fork(base).send(NOOR, 'mission.scope', 'm-1', rest), /field-missing/)
    })
  }

  it('is no command with empty acceptance criteria, or with a blank acknowledgement', () => {
    assert.throws(() => scopedWith({ acceptance_criteria: [] }), /field-range/)
    assert.throws(() => scopedWith({ acceptance_criteria: ['\u200B'] }), /field-blank/)
    assert.throws(() => scopedWith({ risk_acknowledgement: '  ' }), /field-blank/)
  })

  it('S-07: lets nobody but the owner define the scope, the founder neither', () => {
    for (const other of [ADA, bea]) {
      assert.deepEqual(withholds(fork(base), other, 'mission.scope', 'm-1', scopeBody()), [
        ownership('signed-by-the-owner', { owner: 'noor' }),
      ])
    }
  })

  it('names a mission that there is', () => {
    assert.deepEqual(withholds(fork(base), NOOR, 'mission.scope', 'm-9', scopeBody()), [
      operational('mission-exists', { mission: 'm-9' }),
    ])
  })
})

describe('a class', () => {
  for (const [mission_class, tier] of [
    ['documentation_update', 'R0'],
    ['internal_operations_change', 'R1'],
    ['regulated_analysis', 'R2'],
  ] as const) {
    it(`${mission_class} is of tier ${tier}, also when the owner says so`, () => {
      const bench = fork(base)
      const events = committed(bench.send(NOOR, 'mission.scope', 'm-1', scopeBody(mission_class, { risk_tier: tier })))
      assert.equal(events[0]?.data.tier, tier)
    })
  }

  for (const mission_class of [
    'Documentation_update',
    'documentation_update ',
    'documentation\u200B_update',
    'documentation-update',
    'd\u043Ecumentation_update',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
  ]) {
    it(`${JSON.stringify(mission_class)} is not mapped`, () => {
      assert.deepEqual(withholds(fork(base), NOOR, 'mission.scope', 'm-1', scopeBody(mission_class)), [
        operational('class-is-mapped', { mission_class }),
      ])
    })
  }

  it('that this deployment refuses is refused before anything else', () => {
    const bench = emptyBench()
    committed(bench.send(ADA, 'genesis', 'genesis', { ...genesisBody(), refused_classes: ['regulated_analysis'] }))
    committed(bench.send(ADA, 'mission.create', 'm-1', { title: 'T', summary: 'S' }))
    const body = scopeBody('regulated_analysis', { planner: 'ada', integrator: 'ada' })
    assert.deepEqual(withholds(bench, ADA, 'mission.scope', 'm-1', body), [
      physical('class-is-not-refused', { mission_class: 'regulated_analysis' }),
    ])
  })
})

describe('a declared tier', () => {
  for (const declared of ['R1', 'R2', 'R3', 'r0', 'R0 ', 'R\uFF10', 'toString']) {
    it(`of ${JSON.stringify(declared)} is not what documentation_update maps to`, () => {
      assert.deepEqual(scopedWith({ risk_tier: declared }), [operational('tier-as-mapped', { declared, mapped: 'R0' })])
    })
  }

  for (const risk_tier of [true, 0, null, ['R0']]) {
    it(`that is ${JSON.stringify(risk_tier)} is no command`, () => {
      assert.throws(() => scopedWith({ risk_tier }), /field-type/)
    })
  }
})

describe('a declared topology', () => {
  const analysis = (topology: object) =>
    withholds(fork(base), NOOR, 'mission.scope', 'm-1', scopeBody('regulated_analysis', { topology }))

  it('of the tier is taken', () => {
    const body = scopeBody('regulated_analysis', { topology: { reviewers: 5, approvals: 4 } })
    committed(fork(base).send(NOOR, 'mission.scope', 'm-1', body))
  })

  for (const [field, topology] of [
    ['reviewers', { reviewers: 4, approvals: 4 }],
    ['approvals', { reviewers: 5, approvals: 3 }],
    ['reviewers', { reviewers: 1, approvals: 1 }],
    ['reviewers', { reviewers: 0, approvals: 0 }],
    ['min_regions', { reviewers: 5, approvals: 4, min_regions: 2 }],
    ['min_organizations', { reviewers: 5, approvals: 4, min_organizations: 2 }],
    ['min_model_families', { reviewers: 5, approvals: 4, min_model_families: 1 }],
    ['min_method_types', { reviewers: 5, approvals: 4, min_method_types: 0 }],
    ['human_final_gate', { reviewers: 5, approvals: 4, human_final_gate: false }],
  ] as const) {
    it(`of ${JSON.stringify(topology)} is weaker than the tier's, in ${field}`, () => {
      assert.deepEqual(analysis(topology), [operational('topology-not-weaker', { field })])
    })
  }

  it('that could never be met is refused: more approvals or more regions than seats', () => {
    const never = [operational('topology-not-weaker', { field: 'reviewers' })]
    assert.deepEqual(analysis({ reviewers: 6, approvals: 7 }), never)
    assert.deepEqual(analysis({ reviewers: 6, approvals: 6, min_regions: 7 }), never)
    const all = scopeBody('regulated_analysis', { topology: { reviewers: 6, approvals: 6, min_regions: 6 } })
    committed(fork(base).send(NOOR, 'mission.scope', 'm-1', all))
  })

  it('that is stronger is what the reviews must meet', () => {
    const bench = fork(base)
    const topology = { reviewers: 7, approvals: 6, min_regions: 4, human_final_gate: true }
    committed(bench.send(NOOR, 'mission.scope', 'm-1', scopeBody('documentation_update', { topology })))
    const { constitution } = bench.state.founded!
    const asked = topologyOfMission(bench.state.missions.get('m-1'), constitution)
    const { tier, reviewers, approvals, minRegions, minModelFamilies, humanFinalGate } = asked!
    assert.deepEqual(
      { tier, reviewers, approvals, minRegions, minModelFamilies, humanFinalGate },
      { tier: 'R0', reviewers: 7, approvals: 6, minRegions: 4, minModelFamilies: 1, humanFinalGate: true },
    )
  })

  for (const topology of [
    { reviewers: 4.5, approvals: 4 },
    { reviewers: '5', approvals: 4 },
    { reviewers: 17, approvals: 17 },
  ]) {
    it(`of ${JSON.stringify(topology)} is no command`, () => {
      assert.throws(() => analysis(topology))
    })
  }
})

describe('a domain type', () => {
  for (const domain_type of ['objective', 'normative', 'mixed']) {
    it(`${domain_type} is known`, () => {
      committed(fork(base).send(NOOR, 'mission.scope', 'm-1', scopeBody('documentation_update', { domain_type })))
    })
  }

  for (const domain_type of ['Objective', 'objective ', 'object\u200Bive', '__proto__']) {
    it(`I-24: ${JSON.stringify(domain_type)} is not`, () => {
      assert.deepEqual(scopedWith({ domain_type }), [operational('domain-type-is-known', { domain_type })])
    })
  }
})

describe('the roles', () => {
  for (const role of ['planner', 'integrator'] as const) {
    for (const actor of ['nobody', 'runtime', 'm-1', '__proto__', 'constructor']) {
      it(`have no ${role} by the name of ${actor}`, () => {
        assert.deepEqual(scopedWith({ [role]: actor }), [responsibility('roles-are-filled', { role, actor })])
      })
    }

    it(`may have a human as ${role}, the owner too`, () => {
      committed(fork(base).send(NOOR, 'mission.scope', 'm-1', scopeBody('documentation_update', { [role]: 'noor' })))
    })
  }

  it('S-07: are the named ones’ alone: another planner’s plan is withheld, the owner’s too', () => {
    const bench = fork(base)
    committed(bench.send(NOOR, 'mission.scope', 'm-1', scopeBody()))
    const plan = { tasks: [{ id: 't-1', title: 'T', instructions: 'I', domain_type: 'objective', depends_on: [] }] }
    for (const sender of [NOOR, bea]) {
      assert.deepEqual(withholds(bench, sender, 'mission.plan', 'm-1', plan), [
        ownership('signed-by-the-planner', { planner: PLANNER.id }),
      ])
    }
    assert.ok(withholds(bench, RUNTIME, 'mission.plan', 'm-1', plan).length > 0)
  })
})
