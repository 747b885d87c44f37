/** Which checks belong to which vector file: a new file is one line here. */
import { configMutations } from './config-mutations.ts'
import { ed25519 } from './ed25519.ts'
import { jcs } from './jcs.ts'
import { merkle } from './merkle.ts'
import { policy } from './policy.ts'
import { seedAndSelection } from './seed-and-selection.ts'
import { stateMachine } from './state-machine.ts'
import { trust } from './trust.ts'
import type { Suite } from './suite.ts'

export const SUITES: ReadonlyMap<string, Suite> = new Map<string, Suite>([
  ['config_mutations.json', configMutations],
  ['ed25519.json', ed25519],
  ['jcs.json', jcs],
  ['merkle.json', merkle],
  ['policy.json', policy],
  ['seed_and_selection.json', seedAndSelection],
  ['state_machine.json', stateMachine],
  ['trust.json', trust],
])
