/** Every page that is generated, by its place: one line here for each. */
import { constitutionPage } from '../../protocol/catalogue/trust-constitution.ts'
import { canonicalConstitution } from '../../protocol/law/constitution/canonical-constitution.ts'
import { parameterTable } from '../../protocol/law/constitution/table.ts'
import { apiPage } from './api.ts'
import { commandsPage } from './commands.ts'
import { threatModelPage } from './threat-model.ts'
import { traceabilityPage } from './traceability.ts'

export type Page = { readonly place: string; readonly text: () => string }

export const PAGES: readonly Page[] = [
  { place: 'TRUST_CONSTITUTION.md', text: () => constitutionPage(parameterTable(canonicalConstitution())) },
  { place: 'docs/commands.md', text: commandsPage },
  { place: 'docs/api.md', text: apiPage },
  { place: 'docs/traceability.md', text: traceabilityPage },
  { place: 'THREAT_MODEL_AND_INVARIANTS.md', text: threatModelPage },
]
