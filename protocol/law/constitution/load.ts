/**
 * From texts to a constitution, or to everything that is wrong with them.
 *
 *     texts ──parse──▶ documents ──schema──▶ figures ──rules──▶ agreement ──derive──▶ Constitution
 *
 * `loadConstitution` takes any constitution that the protocol allows: an amended one too. Whether it is the one
 * that is in force (K1) is for `pinned.ts` and, once there are amendments, for the fold. `checkConstitution` asks
 * everything at once.
 *
 * Errors: values, all of them, in the order of documents, places, rules (`finding.ts`). Never throws on input.
 * Invariants: I-01 … I-28 as far as a parameter can break them.
 * Source: spec 2.2 (hash), 5.3 (ranges), 11.1, 12 K1–K3.
 */
import { encode, parse, type Json } from '../../wire/canonical-json.ts'
import { err, ok, type Result } from '../../wire/result.ts'
import { digest, type Digest } from '../../wire/sha256.ts'
import { isBlank } from '../../wire/visible-text.ts'
import { disagreements } from './agreement.ts'
import type { Constitution, ConstitutionDocuments, ConstitutionTexts } from './constitution.ts'
import { derive } from './derive/derive.ts'
import type { Finding } from './finding.ts'
import { freeze } from './freeze.ts'
import { notPinned } from './pinned.ts'
import { danglingPointers } from './rules/pointers.ts'
import { broken } from './rules/rules.ts'
import { CONFIG_DOCUMENTS } from './schema/schema.ts'
import { read, type Figure, type Figures } from './schema/tree.ts'

/** Far above the largest of them, far below what would hurt. */
const CAPS = { bytes: 262_144, depth: 16 }
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

type Examined = {
  readonly documents: Partial<ConstitutionDocuments>
  readonly figures: Figures
  readonly findings: readonly Finding[]
}

/** A constitution within the protocol's ranges, or all findings. */
export function loadConstitution(texts: ConstitutionTexts): Result<Constitution, readonly Finding[]> {
  const { documents, figures, findings } = examine(texts)
  if (findings.length > 0) return err(findings)
  const whole = freeze(documents as ConstitutionDocuments)
  return ok(derive(figures, whole, constitutionHash(whole)))
}

/** Every finding, that of a value other than the canonical one included; empty for a constitution to boot on. */
export function checkConstitution(texts: ConstitutionTexts): readonly Finding[] {
  const { documents, findings } = examine(texts)
  return [...findings, ...notPinned(documents)]
}

/** SHA-256(JCS({params, policy, genome, texts})): key order and spelling of the files leave it as it is. */
export function constitutionHash({ params, policy, genome, texts }: ConstitutionDocuments): Digest {
  return digest(encode({ params, policy, genome, texts }))
}

function examine(source: ConstitutionTexts): Examined {
  const findings: Finding[] = []
  const figures = new Map<string, Figure>()
  const documents: { -readonly [name in keyof ConstitutionDocuments]?: ConstitutionDocuments[name] } = {}
  for (const name of CONFIG_DOCUMENTS) {
    const parsed = parse(source[name], CAPS)
    if (!parsed.ok) {
      const { code, path = '' } = parsed.error
      findings.push({
        code: 'document-malformed',
        document: name,
        path,
        given: code,
        required: 'strict JSON',
        invariants: [],
      })
      continue
    }
    documents[name] = parsed.value
    const reading = read(name, parsed.value)
    findings.push(...reading.findings)
    for (const [path, value] of reading.figures) figures.set(path, value)
  }
  documents.texts = { ...source.texts }
  findings.push(
    ...faultsOfTexts(source.texts),
    ...broken(figures),
    ...danglingPointers(figures),
    ...disagreements(figures),
  )
  return { documents, figures, findings }
}

function faultsOfTexts(texts: { readonly [name: string]: string }): readonly Finding[] {
  return Object.entries(texts).flatMap(([name, text]): readonly Finding[] => {
    const sound = NAME.test(name) && typeof text === 'string' && text.isWellFormed() && !isBlank(text)
    if (sound) return []
    const given: Json = typeof text === 'string' ? text.length : typeof text
    return [
      {
        code: 'text-malformed',
        document: 'texts',
        path: `/${name}`,
        given,
        required: 'a named, visible, well-formed text',
        invariants: [],
      },
    ]
  })
}
