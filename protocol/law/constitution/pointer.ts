/** JSON Pointers (RFC 6901) into parsed documents. */
import type { Json } from '../../wire/canonical-json.ts'

export function escape(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The value at a pointer, over own keys only; undefined where there is none. */
export function at(document: Json, pointer: string): Json | undefined {
  let here: Json | undefined = document
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined
    here = (here as { readonly [key: string]: Json })[key]
  }
  return here
}
