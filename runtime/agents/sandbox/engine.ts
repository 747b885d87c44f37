/**
 * The files that make Node run in an empty root: the program itself and the shared objects it loads.
 *
 * Which objects those are is what the running Node says of itself (its diagnostic report), so nothing is guessed from
 * the distribution.
 *
 * Errors: sandbox-unavailable.
 */
import { realpathSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { malformed, type Malformed } from '../../../protocol/wire/malformed.ts'
import { ok, type Result } from '../../../protocol/wire/result.ts'
import type { Shown } from './request.ts'

export type Engine = { readonly files: readonly Shown[] }

let known: Result<Engine, Malformed> | undefined

export function engine(): Result<Engine, Malformed> {
  known ??= find()
  return known
}

function find(): Result<Engine, Malformed> {
  if (process.platform !== 'linux') return malformed('sandbox-unavailable', { reason: process.platform })
  const report = process.report.getReport() as { readonly sharedObjects?: readonly string[] }
  const own = (report.sharedObjects ?? []).filter((path) => isAbsolute(path) && !path.endsWith('.node'))
  const node = { host: realpathSync(process.execPath), inside: '/bin/node' }
  const files = [node, ...own.map((path) => ({ host: realpathSync(path), inside: path }))]
  const odd = files.find(({ host }) => /[\t\n]/.test(host))
  return odd === undefined ? ok({ files }) : malformed('sandbox-unavailable', { reason: 'a path with a tab in it' })
}
