/** The constitution of the repository, for the vectors that take its figures as given. */
import { canonicalTexts } from '../../law/constitution/canonical-constitution.ts'
import { loadConstitution } from '../../law/constitution/load.ts'
import { Fault } from '../../wire/fault.ts'

function load() {
  const loaded = loadConstitution(canonicalTexts())
  if (!loaded.ok) throw new Fault('vector-world', { part: 'constitution' })
  return loaded.value
}

export const constitution = load()
