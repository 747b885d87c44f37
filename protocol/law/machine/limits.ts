/** What time and failures do to a machine in quarantine. The edges of windows are inside them (reading T16). */
import type { Millis } from '../../wire/time.ts'
import type { Constitution } from '../constitution/constitution.ts'
import type { RegisteredMachine } from './state.ts'

/** Whether the limit at zero trust has come: at exactly its last moment it has. */
export function isPastItsLimit(machine: RegisteredMachine, constitution: Constitution, at: Millis): boolean {
  const { zeroTrustMs } = constitution.machines.decommission
  return machine.life.status === 'quarantined' && at - machine.life.zeroSince >= zeroTrustMs
}

/** Failed re-certifications that still count: one of exactly a window ago does. */
export function failuresInWindow(machine: RegisteredMachine, constitution: Constitution, at: Millis): number {
  const { failureWindowMs } = constitution.machines.decommission
  return machine.failures.filter((failed) => at - failed <= failureWindowMs).length
}
