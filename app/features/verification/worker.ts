/**
 * The verifier in a worker of its own: it fetches the archive, replays it with the protocol's own law, compares it
 * with the chain, and keeps the state that it arrived at. What the page shows for signing comes from that state.
 */
import { emptyState, type State } from '../../../protocol/genesis.ts'
import { FINAL_DECISION } from '../../../protocol/law/commands.ts'
import { chainOf } from '../../../protocol/law/constraints/deployment.ts'
import { simulateDecision } from '../../../protocol/law/decide.ts'
import { missionView as viewOf } from '../../../protocol/views.ts'
import { Fault } from '../../../protocol/wire/fault.ts'
import { isDigest } from '../../../protocol/wire/sha256.ts'
import { millis } from '../../../protocol/wire/time.ts'
import { openChain } from '../../../verifier/chain/reader.ts'
import { webCryptoEngine } from '../../../verifier/engine/web-crypto.ts'
import { runtimeArchive } from '../../../verifier/sources/http.ts'
import { verify, type Finding, type Progress, type Report } from '../../../verifier/verify.ts'
import { missionView, type Mission } from '../../data/missions.ts'
import type { Answer, Fact, Foreseen, Outcome, Request } from './messages.ts'

let replayed: State = emptyState()

function answer(message: Answer): void {
  postMessage(message)
}

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  switch (data.kind) {
    case 'verify':
      void run(data).catch((cause: unknown) => answer(failure(cause)))
      break
    case 'mission':
      answer({ kind: 'mission', call: data.call, mission: mission(data.id) })
      break
    case 'foresee':
      answer({ kind: 'foreseen', call: data.call, foreseen: foresee(data) })
      break
  }
})

async function run({ base, rpc, deployment }: Request & { kind: 'verify' }): Promise<void> {
  answer({ kind: 'step', step: { id: 'archive', state: 'running' } })
  const { report, state } = await verify({
    archive: runtimeArchive(base),
    chain: rpc === null ? undefined : (where) => openChain({ url: rpc, ...where }),
    ...(isDigest(deployment) ? { expected: deployment } : {}),
    engine: await webCryptoEngine(),
    now: () => millis(Date.now()),
    // Each file is hashed when it is opened to be read.
    artifacts: 'none',
    onProgress: progressed,
  })
  if (state !== undefined) replayed = state
  for (const { id, status, findings } of report.steps) {
    const ended = status === 'failed' ? 'fails' : status
    answer({ kind: 'step', step: { id, state: ended, findings: findings.map(factOf) } })
  }
  answer({ kind: 'outcome', outcome: outcomeOf(report) })
}

/** Progress for the eye: a few times a second is enough. */
const EVERY_MS = 60
let lastProgress = 0

function progressed({ step, done, total }: Progress): void {
  const now = performance.now()
  if (done < total && now - lastProgress < EVERY_MS) return
  lastProgress = now
  answer({ kind: 'step', step: { id: step, state: 'running', done, total } })
  // Entries are decided again as they are read.
  if (step === 'ledger') answer({ kind: 'step', step: { id: 'law', state: 'running', done, total } })
}

function outcomeOf({ verdict, deployment, fault, ledger, epochs }: Report): Outcome {
  return {
    verdict,
    deployment,
    entries: ledger.entries,
    head: ledger.head,
    epochsOnChain: epochs.on_chain,
    gate: gateOf(replayed),
    fault: fault === null ? null : factOf(fault),
    conditions: FINAL_DECISION.constraints.map(({ id, level, reads }) => ({ id, level, reads })),
  }
}

/** Where decisions count, as the genesis entry fixed it. */
function gateOf({ founded }: State): Outcome['gate'] {
  if (founded === undefined) return null
  const { deployment } = founded
  return { chainId: chainOf(deployment, 'final_gate'), address: deployment.contracts.final_gate.address }
}

function factOf({ code, step, seq, epoch, transaction, path, evidence }: Finding): Fact {
  const place = [
    seq === undefined ? '' : `seq ${seq}`,
    epoch === undefined ? '' : `epoch ${epoch}`,
    transaction ?? '',
    path ?? '',
  ]
  return { code, step, place: place.filter((part) => part !== '').join(' '), evidence }
}

function failure(cause: unknown): Answer {
  const code = cause instanceof Fault ? cause.code : 'verifier-stopped'
  return { kind: 'failed', code, params: cause instanceof Fault ? cause.params : {} }
}

function mission(id: string): Mission | null {
  const view = viewOf(replayed, id)
  return view === undefined ? null : missionView(view, '')
}

/** The decision as the law would take it if the chain held it now; that the wallet signed it is taken for granted. */
function foresee({ approval, at }: Request & { kind: 'foresee' }): Foreseen | null {
  if (replayed.founded === undefined) return null
  const outcome = simulateDecision(replayed, approval, '0x', true, millis(at))
  return {
    outcome: outcome.outcome,
    events: outcome.outcome === 'committed' ? outcome.events.map((event) => event.event_type) : [],
    violations: outcome.outcome === 'withheld' ? outcome.violations : [],
  }
}
