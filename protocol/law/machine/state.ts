import type { MachineStatus } from '../constraints/world.ts'

/** Registered machines. A machine has its operator's region and organization (spec 3.4). */
export type RegisteredMachine = {
  readonly id: string
  readonly operator: string
  readonly region: string
  readonly organization: string
  readonly modelFamily: string
  readonly methodType: string
  readonly lineage: readonly string[]
  readonly reviews: boolean
  readonly status: MachineStatus
}

export type Machines = Map<string, RegisteredMachine>
