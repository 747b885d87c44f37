/** The index of kin answers what a walk over all machines would (spec 4.5; I-05). */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { MachineEvent } from '../../../../protocol/law/machine/event.ts'
import { evolveMachine } from '../../../../protocol/law/machine/evolve.ts'
import { emptyKinship, heirsOf, noteKinship, twinsOf } from '../../../../protocol/law/machine/kinship.ts'
import type { Machines } from '../../../../protocol/law/machine/state.ts'
import { millis } from '../../../../protocol/wire/time.ts'

const OPERATORS = ['ada', 'bea', 'cem']
const PRINTS = ['p0', 'p1', 'p2', 'p3']
const IDS = Array.from({ length: 8 }, (_, i) => `m-${i}`)

const subject = fc.constantFrom(...IDS)
const fingerprint = fc.constantFrom(...PRINTS)

const step: fc.Arbitrary<MachineEvent> = fc.oneof(
  fc
    .record({ subject, fingerprint, operator: fc.constantFrom(...OPERATORS), lineage: fc.subarray(IDS) })
    .map(({ subject, ...facts }) => {
      const names = { region: 'EU', organization: 'o', model_family: 'f', method_type: 'm', key: '', key_not_after: '' }
      const data = { ...names, ...facts, reviews: true, trust: 1 }
      return { event_type: 'trust.machine_registered', subject, data } as const
    }),
  fc.record({ subject, kin: fc.subarray(IDS) }).map(({ subject, kin }) => {
    const named = kin.map((machine) => ({ machine, status: 'active', by: 'declared' as const }))
    const data = { kin: named, trust: 0, extended: true, probation_tasks: 1, failures: [] }
    return { event_type: 'trust.lineage_linked', subject, data } as const
  }),
  fc.record({ subject, fingerprint }).map(({ subject, fingerprint }) => {
    const data = { fingerprint, verified: '', drift_ppm: 0 }
    return { event_type: 'trust.machine_drifted', subject, data } as const
  }),
  fc.record({ subject, fingerprint }).map(({ subject, fingerprint }) => {
    const results = { correctness_ppm: 0, severe_errors_ppm: 0, reproducibility_ppm: 0 }
    const data = { application: '', results, fingerprint, operator: '', sign_by: '' }
    return { event_type: 'trust.recertification_applied', subject, data } as const
  }),
)

describe('the index of kin', () => {
  it('finds the twins and the heirs that a walk over all machines finds, after any events', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (events) => {
        const machines: Machines = new Map()
        const kinship = emptyKinship()
        const named = new Map<string, Set<string>>()
        events.forEach((event, seq) => {
          // Nobody is registered twice, and nothing happens to who is not there: the commands see to it.
          if ((event.event_type === 'trust.machine_registered') === machines.has(event.subject)) return
          evolveMachine(machines, event, { seq, at: millis(seq) })
          noteKinship(kinship, machines, event)
          const { lineage, kin } = machines.get(event.subject)!
          for (const one of [...lineage, ...kin]) named.set(one, (named.get(one) ?? new Set()).add(event.subject))
        })
        for (const operator of OPERATORS) {
          for (const print of PRINTS) {
            const walked = [...machines.values()]
              .filter((machine) => machine.operator === operator && machine.fingerprints.includes(print))
              .map(({ id }) => id)
            assert.deepEqual(twinsOf(kinship, operator, print).toSorted(), walked.toSorted())
          }
        }
        for (const id of IDS) {
          assert.deepEqual(heirsOf(kinship, id).toSorted(), [...(named.get(id) ?? [])].toSorted())
        }
      }),
      { seed: 45 },
    )
  })
})
