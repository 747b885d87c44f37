/** `genesis verify`: is the state what the system says? From chain logs and an archive, trusting neither's owner. */
import { readFileSync } from 'node:fs'
import { Fault } from '../../protocol/wire/fault.ts'
import { parseDigest, type Digest } from '../../protocol/wire/sha256.ts'
import { millis } from '../../protocol/wire/time.ts'
import type { ArchiveSource } from '../../verifier/archive/source.ts'
import { openChain } from '../../verifier/chain/reader.ts'
import { FINDINGS } from '../../verifier/findings.ts'
import { directoryArchive } from '../../verifier/sources/directory.ts'
import { runtimeArchive, staticArchive } from '../../verifier/sources/http.ts'
import { verify, type Finding, type Pending, type Report, type StepReport } from '../../verifier/verify.ts'
import { EXIT, type Command, type Io } from '../lib/command.ts'
import { nativeEngine } from '../lib/engine.ts'
import { verifyExamples } from '../lib/examples.ts'
import { progressLine } from '../lib/progress.ts'
import { rerunInSandbox } from '../lib/rerun.ts'
import { dataFolder, stackFile } from '../lib/stack.ts'
import { readArgs, usage } from '../lib/usage.ts'

const HELP = `Usage: genesis verify [--url URL | --archive WHERE] [--rpc URL] [--deployment WHICH] [--rerun] [--json]
       genesis verify --examples [--rerun] [--json]

Decides whether the state is what the system says: reads commitments, keys and decisions from chain logs alone,
checks the ledger's hashes and every signature, decides every command again, and compares roots, certificates and
final decisions with the chain. Prints a result for each step and, if something is at fault, the first fault.

  --url URL          a runtime's API; its archive is read (default: the running stack)
  --archive WHERE    an exported archive: a folder, or the address of one at a static host
  --rpc URL          RPC endpoint of the chain (default: that of the running stack)
  --deployment WHICH the deployment you mean: its id (sha256:…), or a file whose "deployment" names it.
                     Without it the archive's own genesis entry is taken at its word, and the id is printed
  --rerun            also run the declared command of every completed mission again, in the sandbox
  --examples         instead: judge the two worked missions of examples/ from their evidence alone
  --data DIR         data folder of the stack (default .genesis; also GENESIS_DATA)
  --json             the report as JSON

Examples:
  genesis verify
  genesis verify --archive ./copy --rpc http://127.0.0.1:4601 --json
  genesis verify --url https://genesis.example --rpc https://rpc.example --deployment sha256:4f…
  genesis verify --examples --rerun

Exit codes: 0 verified, 1 unverifiable, 2 the input could not be used (nothing answers, no such folder).
`

const OPTIONS = {
  url: { type: 'string' },
  archive: { type: 'string' },
  rpc: { type: 'string' },
  deployment: { type: 'string' },
  data: { type: 'string' },
  rerun: { type: 'boolean', default: false },
  examples: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

type Values = {
  readonly url?: string | undefined
  readonly archive?: string | undefined
  readonly rpc?: string | undefined
  readonly deployment?: string | undefined
  readonly data?: string | undefined
  readonly rerun: boolean
  readonly json: boolean
}

export const command: Command = {
  name: 'verify',
  summary: 'verify a deployment from chain logs and an archive',
  help: HELP,
  run: async (args, io) => {
    const { values } = readArgs({ args: [...args], options: OPTIONS })
    if (values.help) {
      io.out(HELP)
      return EXIT.yes
    }
    if (values.examples) return verifyExamples(io, { rerun: values.rerun, json: values.json })
    if (values.url !== undefined && values.archive !== undefined) throw usage('--url or --archive, not both')
    return verifyDeployment(values, io)
  },
}

async function verifyDeployment(values: Values, io: Io): Promise<number> {
  const stack = stackFile(dataFolder(values.data))
  const rpc = values.rpc ?? stack?.rpc
  if (rpc === undefined) throw usage('--rpc is missing, and no running stack says which chain it is on')
  const line = progressLine(io)
  const { report } = await verify({
    archive: await sourceOf(values, stack?.url),
    chain: (where) => openChain({ url: rpc, ...where }),
    expected: values.deployment === undefined ? undefined : deploymentNamed(values.deployment),
    engine: nativeEngine(),
    now: () => millis(Date.now()),
    artifacts: 'all',
    rerun: values.rerun ? await rerunInSandbox() : undefined,
    onProgress: ({ step, done, total, unit }) => line.show(`${step}: ${done} of ${total} ${unit}`),
  }).finally(() => line.clear())
  io.out(values.json ? `${JSON.stringify(report)}\n` : inWords(report, values.deployment !== undefined))
  return report.verdict === 'verified' ? EXIT.yes : EXIT.no
}

async function sourceOf({ url, archive }: Values, stackUrl: string | undefined): Promise<ArchiveSource> {
  if (archive !== undefined) {
    return /^https?:\/\//.test(archive) ? staticArchive(archive) : directoryArchive(archive)
  }
  const base = url ?? stackUrl
  if (base === undefined) throw new Fault('no-stack')
  return runtimeArchive(base)
}

function deploymentNamed(given: string): Digest {
  const direct = parseDigest(given)
  if (direct.ok) return direct.value
  let named: unknown
  try {
    named = (JSON.parse(readFileSync(given, 'utf8')) as { readonly deployment?: unknown } | null)?.deployment
  } catch (cause) {
    throw new Fault('deployment-unreadable', { given }, { cause })
  }
  const read = parseDigest(named)
  if (!read.ok) throw new Fault('deployment-unreadable', { given })
  return read.value
}

function inWords(report: Report, compared: boolean): string {
  const lines = report.steps.flatMap(stepInWords)
  const pending = report.pending.map(pendingInWords)
  const { entries } = report.ledger
  const { closed, on_chain } = report.epochs
  return [
    ...lines,
    ...(pending.length === 0 ? [] : ['', 'Still to arrive, and no fault:', ...pending.map((text) => `  ${text}`)]),
    '',
    `deployment  ${report.deployment ?? 'unknown'}${compared ? '' : '  (compare it with somebody you trust, or give --deployment)'}`,
    `ledger      ${entries} entries, ${closed} epochs closed, ${on_chain} on chain`,
    `verdict     ${report.verdict}${report.fault === null ? '' : `: ${report.fault.code}`}`,
    ...(report.fault === null ? [] : faultInWords(report.fault)),
    '',
  ].join('\n')
}

const MARKS = { holds: 'holds  ', failed: 'FAILED ', skipped: 'skipped' } as const

function stepInWords({ status, title, facts }: StepReport): readonly string[] {
  const known = Object.entries(facts).map(([name, value]) => `${name.replaceAll('_', ' ')} ${textOf(value)}`)
  return [`${MARKS[status]}  ${title}`, ...(known.length === 0 ? [] : [`         ${known.join(', ')}`])]
}

function pendingInWords({ code, params }: Pending): string {
  const figures = Object.entries(params).map(([name, value]) => `${name.replaceAll('_', ' ')} ${textOf(value)}`)
  return `${code}: ${figures.join(', ')}`
}

function faultInWords({ code, step, evidence, ...place }: Finding): readonly string[] {
  const { means, remedy } = FINDINGS[code]
  const where = Object.entries(place).map(([name, value]) => `${name} ${value}`)
  const shown = Object.entries(evidence).map(([name, value]) => `            ${name}: ${textOf(value)}`)
  return [`            ${means} ${remedy}`, `            at ${[`step ${step}`, ...where].join(', ')}`, ...shown]
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
