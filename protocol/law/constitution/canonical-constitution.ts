/**
 * The constitution with exactly the canonical values: what tests and tools begin with, without reading a file.
 */
import { encode } from '../../wire/canonical-json.ts'
import { Fault } from '../../wire/fault.ts'
import { CANONICAL } from './canonical.ts'
import type { Constitution, ConstitutionTexts } from './constitution.ts'
import { loadConstitution } from './load.ts'

/** The documents as canonical JSON texts, the form in which the genesis entry carries them. */
export function canonicalTexts(): ConstitutionTexts {
  return {
    params: encode(CANONICAL.params),
    policy: encode(CANONICAL.policy),
    genome: encode(CANONICAL.genome),
    texts: {},
  }
}

let canonical: Constitution | undefined

/** One shared, immutable value. Throws Fault `canonical-constitution-unsound` where the protocol contradicts itself. */
export function canonicalConstitution(): Constitution {
  if (canonical !== undefined) return canonical
  const loaded = loadConstitution(canonicalTexts())
  if (!loaded.ok) {
    const first = loaded.error[0]
    throw new Fault('canonical-constitution-unsound', { finding: first?.code ?? '', path: first?.path ?? '' })
  }
  canonical = loaded.value
  return canonical
}
