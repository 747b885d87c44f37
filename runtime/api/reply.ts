/**
 * Answers: JSON, text and streams, each with the headers that keep a browser from doing anything else with it.
 *
 * Headers go out as a plain object: the adapter writes those as they are, without a Headers object between.
 */
import type { Params } from '../../protocol/wire/malformed.ts'
import { problemOf, PROBLEMS, type ProblemCode } from './problems.ts'

type Headers = { readonly [name: string]: string }

/** On every answer that is not a page of the app. */
const SEALED: Headers = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** What changes with the next entry is not to be kept. */
export const FRESH: Headers = { 'cache-control': 'no-store' }

/** What is named by its digest never changes. */
export const FOR_EVER: Headers = { 'cache-control': 'public, max-age=31536000, immutable' }

export type Body = string | Uint8Array | ReadableStream<Uint8Array> | null

export function reply(status: number, type: string, body: Body, headers: Headers = FRESH): Response {
  // Nothing here lies in shared memory, which is all that the type of a body excludes.
  return new Response(body as Uint8Array<ArrayBuffer>, {
    status,
    headers: { ...SEALED, ...headers, 'content-type': type },
  })
}

export function json(body: unknown, status = 200): Response {
  return reply(status, 'application/json', JSON.stringify(body))
}

/** JSON that is text already. */
export function jsonText(text: string, status = 200, headers: Headers = FRESH): Response {
  return reply(status, 'application/json', text, headers)
}

export type Particulars = {
  readonly params?: Params
  readonly path?: string
  readonly violations?: readonly unknown[]
  readonly seq?: number
  readonly hash?: string
  readonly retryAfterSeconds?: number
  readonly allow?: string
}

/** The problem of that code; one that only the law knows is reported under its own code as malformed input. */
export function problem(code: ProblemCode, particulars?: Particulars): Response
export function problem(code: string, particulars: Particulars, otherwise: ProblemCode): Response
export function problem(
  code: string,
  { retryAfterSeconds, allow, ...shown }: Particulars = {},
  otherwise: ProblemCode = 'fault',
): Response {
  const { status, title, meaning, remedy } = problemOf(code) ?? PROBLEMS[otherwise]
  const body = {
    type: `urn:genesis:problem:${code}`,
    title,
    status,
    detail: `${meaning} ${remedy}`,
    code,
    ...shown,
  }
  const headers = {
    ...FRESH,
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    ...(allow === undefined ? {} : { allow }),
  }
  return reply(status, 'application/problem+json', JSON.stringify(body), headers)
}
