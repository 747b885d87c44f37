/**
 * Outside input that cannot be read. A value, never thrown, and never recorded: whoever sent it is told and
 * nothing else happens.
 *
 * `code` is kebab-case and stable. `path` is a JSON Pointer (RFC 6901) to the place, absent for the whole
 * input. `params` are the figures of the case, for whoever turns codes into words.
 *
 *     { code: 'field-range', path: '/body/hours', params: { min: 1, max: 72, given: 73 } }
 */
import { err, type Err } from './result.ts'

export type Params = { readonly [name: string]: string | number | boolean }

export type Malformed = { readonly code: string; readonly path?: string; readonly params?: Params }

/** A failed Result in one word: `return malformed('json-too-large', { bytes, max })`. */
export function malformed(code: string, params?: Params, path?: string): Err<Malformed> {
  return err(describe(code, params, path))
}

export function describe(code: string, params?: Params, path?: string): Malformed {
  if (path === undefined || path === '') return params === undefined ? { code } : { code, params }
  return params === undefined ? { code, path } : { code, path, params }
}

/** The same fault, seen from one level further out: `step` is the key or the index that led to it. */
export function under(step: string | number, inner: Malformed): Malformed {
  const escaped = typeof step === 'number' ? String(step) : step.replaceAll('~', '~0').replaceAll('/', '~1')
  return { ...inner, path: `/${escaped}${inner.path ?? ''}` }
}
