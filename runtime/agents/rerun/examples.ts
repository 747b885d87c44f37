/**
 * A worked mission of the repository, judged from its packaged evidence alone: no running system, no key, no chain.
 * What `genesis verify --examples` stands on.
 *
 * A mission holds when its records are signed and belong together, its reviews amount to an approval under the
 * topology of its tier, and every reviewing agent comes to the verdict it signed; with `rerun`, when its commands, run
 * again in the sandbox, make the same bytes too.
 *
 * Codes: worked-mission-missing, tier-not-as-mapped, those of worked-mission.ts and rerun.ts.
 * Source: spec 11.4 (M-07, M-08).
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Constitution } from '../../../protocol/law/constitution/constitution.ts'
import { loadConstitution } from '../../../protocol/law/constitution/load.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import type { Malformed, Params } from '../../../protocol/wire/malformed.ts'
import { rerunFromEvidence, type Check } from './rerun.ts'
import { artifactsIn, conclusionOf, readWorkedMission } from './worked-mission.ts'

export const EXAMPLE_FOLDERS = ['examples/low-risk-documentation', 'examples/high-risk-regulated-analysis'] as const

export type Judged = {
  readonly mission: string
  readonly tier: string
  /** None: it holds. */
  readonly findings: readonly { readonly code: string; readonly params: Params }[]
  readonly facts: { readonly [name: string]: string | number | boolean }
}

/** `folder` holds `evidence/`. The constitution is the checkout's own unless another is given. */
export async function checkExample(
  folder: string,
  options: { readonly rerun: boolean; readonly constitution?: Constitution },
): Promise<Judged> {
  const evidence = join(folder, 'evidence')
  const bytes = bytesOf(join(evidence, 'mission.json'))
  if (bytes === undefined) return failed('', '', { code: 'worked-mission-missing', params: { folder } })
  const read = readWorkedMission(bytes)
  if (!read.ok) return failed('', '', read.error)
  const { record, tier } = read.value
  const constitution = options.constitution ?? ownConstitution()
  const mapped = constitution.tierOfClass(record.missionClass)
  const topology = constitution.topologyOf(tier)
  if (mapped !== tier || topology === undefined) {
    return failed(record.mission, tier, {
      code: 'tier-not-as-mapped',
      params: { declared: tier, mapped: mapped ?? '' },
    })
  }
  const conclusion = conclusionOf(read.value, topology, constitution.normative.agreementPermille)
  if (!conclusion.ok) return failed(record.mission, tier, conclusion.error)
  const { checks } = await rerunFromEvidence(record, artifactsIn(evidence), { commands: options.rerun })
  const isOpen = ({ status }: Check) => status === 'differs' || (status === 'not-run' && options.rerun)
  const { approvals, seats, agreementPermille } = conclusion.value
  const count = (id: Check['id']) => checks.filter((check) => check.id === id && check.status === 'same').length
  return {
    mission: record.mission,
    tier,
    findings: checks.filter(isOpen).map(findingOf),
    facts: {
      artifacts: read.value.artifacts.length,
      approvals,
      seats,
      agreement_permille: agreementPermille,
      reviews_recomputed: count('review'),
      commands_run_again: count('outputs'),
    },
  }
}

function findingOf({ task, reviewer, cause }: Check) {
  const place = reviewer === undefined ? { task } : { task, reviewer }
  return { code: cause?.code ?? 'not-run', params: { ...cause?.params, ...place } }
}

function failed(mission: string, tier: string, { code, path, params }: Malformed): Judged {
  return {
    mission,
    tier,
    findings: [{ code, params: path === undefined ? { ...params } : { ...params, path } }],
    facts: {},
  }
}

function ownConstitution(): Constitution {
  const read = (name: string) => readFileSync(new URL(`../../../config/${name}`, import.meta.url), 'utf8')
  const loaded = loadConstitution({
    params: read('constitutional_params.json'),
    policy: read('runtime_policy.json'),
    genome: read('genome.json'),
    texts: {},
  })
  if (!loaded.ok) throw new Fault('constitution-unsound', { code: loaded.error[0]?.code ?? '' })
  return loaded.value
}

function bytesOf(path: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(readFileSync(path))
  } catch {
    return undefined
  }
}
