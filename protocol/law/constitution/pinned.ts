/**
 * The values of the constitution are the protocol's, not an operator's (K1): a deployment boots on the canonical
 * ones. Only the edition of a document (`version`, `updated_utc`) and the order of its keys are free.
 *
 * A ratified amendment will be the one way to another value: the fold then holds the constitution in force, and
 * this check compares with the canonical values as that amendment changed them.
 *
 * Source: spec 12 K1.
 */
import type { Json } from '../../wire/canonical-json.ts'
import { CANONICAL } from './canonical.ts'
import type { Constitution, ConstitutionDocuments } from './constitution.ts'
import type { Finding } from './finding.ts'
import { escape } from './pointer.ts'
import { CONFIG_DOCUMENTS, FREE_PATHS, type ConfigDocument } from './schema/schema.ts'

/** Every value other than the canonical one, with both; empty for a constitution to boot on. */
export function checkPinned(constitution: Constitution): readonly Finding[] {
  return notPinned(constitution.documents)
}

/** The same over documents that may not even be a constitution; an absent one is for others to report. */
export function notPinned(documents: Partial<ConstitutionDocuments>): readonly Finding[] {
  return CONFIG_DOCUMENTS.flatMap((name) => {
    const given = documents[name]
    return given === undefined ? [] : differences(name, '', given, CANONICAL[name])
  })
}

function differences(
  document: ConfigDocument,
  path: string,
  given: Json | undefined,
  canonical: Json | undefined,
): readonly Finding[] {
  if (given === canonical || FREE_PATHS.includes(path)) return []
  const ours = entries(canonical)
  const theirs = entries(given)
  if (ours === undefined || theirs === undefined || Array.isArray(given) !== Array.isArray(canonical)) {
    return [
      {
        code: 'value-not-pinned',
        document,
        path,
        ...(given === undefined ? {} : { given }),
        required: canonical === undefined ? 'absent' : `= ${JSON.stringify(canonical)}`,
        invariants: [],
      },
    ]
  }
  const keys = new Set([...ours.keys(), ...theirs.keys()])
  return [...keys].flatMap((key) => differences(document, `${path}/${escape(key)}`, theirs.get(key), ours.get(key)))
}

function entries(value: Json | undefined): ReadonlyMap<string, Json> | undefined {
  return typeof value === 'object' && value !== null
    ? new Map(Object.entries(value as { [key: string]: Json }))
    : undefined
}
