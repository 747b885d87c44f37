/** Constraints that several commands about machines share. */
import type { Constraint } from '../constraints/kernel.ts'
import type { Machines } from './state.ts'

type Rule = Constraint<Machines, unknown>

export const base = { domain: 'trust', effect: 'reversible', subjectKind: 'machine' } as const

export const machineExists: Rule = {
  id: 'machine-exists',
  level: 'operational',
  reads: 'subject',
  check: ({ own, command }) => (own.has(command.subject) ? undefined : { machine: command.subject }),
}

export const signedByItsOperator: Rule = {
  id: 'signed-by-the-operator',
  level: 'state_ownership',
  reads: 'subject',
  check: ({ own, command, principal }) => {
    const operator = own.get(command.subject)?.operator
    return operator === undefined || operator === principal.id ? undefined : { operator }
  },
}

/** Decommissioned is for good (spec 4.5; D-27). */
export const isNotDecommissioned: Rule = {
  id: 'machine-is-not-decommissioned',
  level: 'operational',
  reads: 'subject',
  check: ({ own, command }) =>
    own.get(command.subject)?.life.status === 'decommissioned' ? { status: 'decommissioned' } : undefined,
}
