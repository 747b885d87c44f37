/** Every attack there is, by its id. */
import { AGENTS } from './agents.ts'
import type { Attack } from './attack.ts'
import { BOOKS } from './books.ts'
import { CONSTITUTION } from './constitution.ts'
import { DOOR } from './door.ts'
import { FILES } from './files.ts'
import { FINAL_GATE } from './gate.ts'
import { KERNEL } from './kernel.ts'
import { MISCONDUCT } from './misconduct.ts'
import { MISSIONS } from './missions.ts'
import { PANELS } from './panels.ts'
import { POWERS } from './powers.ts'
import { RACES } from './races.ts'
import { REGISTRY } from './registry.ts'
import { REVIEWS } from './reviews.ts'
import { TRUST } from './trust.ts'

export const ATTACKS: readonly Attack[] = [
  ...DOOR,
  ...POWERS,
  ...REGISTRY,
  ...MISSIONS,
  ...REVIEWS,
  ...FINAL_GATE,
  ...BOOKS,
  ...CONSTITUTION,
  ...KERNEL,
  ...TRUST,
  ...MISCONDUCT,
  ...AGENTS,
  ...PANELS,
  ...RACES,
  ...FILES,
]

const BY_ID: ReadonlyMap<string, Attack> = new Map(ATTACKS.map((attack) => [attack.id, attack]))

export function attackOf(id: string): Attack | undefined {
  return BY_ID.get(id)
}
