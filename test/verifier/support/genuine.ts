/**
 * A deployment that is genuine from end to end: two missions completed, one of them by a human's wallet, two epochs
 * certified and on chain, a tail that is not. Tests take it apart; it is built once, since nothing changes it.
 */
import { utf8 } from '../../../protocol/wire/bytes.ts'
import type { Json } from '../../../protocol/wire/canonical-json.ts'
import type { CommitmentRecord } from '../../../protocol/wire/commitment.ts'
import type { Certificate } from '../../../protocol/wire/certificate.ts'
import { formatTimestamp, millis, type Millis } from '../../../protocol/wire/time.ts'
import type { Observed } from '../../../protocol/law/chain/types.ts'
import { verify, type Question, type Verification } from '../../../verifier/verify.ts'
import { dueEnd } from '../../../protocol/law/epoch/schedule.ts'
import { INTEGRATOR, NOOR, RUNTIME } from '../../support/law/people.ts'
import { atTheGate, decided, decision, OUTPUT, reviewed, scoped, underReview } from '../../support/law/flow.ts'
import { committed, founded, START, type Bench } from '../../support/law/world.ts'
import { nativeEngine } from './engine.ts'
import { contentsOf, filesOf, memoryArchive, type Contents, type Files } from './archive.ts'
import { publicationOf, testChain, type TestChain } from './chain.ts'
import { certify, MEMBERS } from './committee.ts'

export const ARTIFACTS = ['the report', 'the data', 'the notes'].map(utf8)

export type Genuine = {
  readonly bench: Bench
  readonly chain: TestChain
  readonly certificates: Json[]
  /** Whether its missions name the artifacts of the bench. */
  worked: boolean
}

const DAY = 86_400_000

export function observe(bench: Bench, observed: Observed): void {
  committed(bench.send(RUNTIME, 'chain.observed', 'chain', observed))
}

/** A founded deployment whose members have registered their keys, which the ledger has seen. */
export function begun(at: number = START): Genuine {
  const bench = founded(millis(at))
  const chain = testChain(bench.now())
  MEMBERS.forEach(({ key }, member) => {
    const not_after = Math.floor((bench.now() + 80 * DAY) / 1000)
    const log = { event: 'KeyRegistered', member, key, not_after } as const
    observe(bench, chain.emit(log, 'committee_registry', bench.now()))
  })
  return { bench, chain, certificates: [], worked: false }
}

export function closeEpoch({ bench }: Genuine): void {
  bench.wait(60_000)
  const { epochs, founded: facts } = bench.state
  const { epochMs = 0, development = true } = facts?.deployment ?? {}
  const end = dueEnd({ lastEnd: epochs.lastEnd, epochMs, development }, bench.now(), true)
  committed(
    bench.send(RUNTIME, 'epoch.close', 'epochs', { epoch: epochs.current, end: formatTimestamp(end ?? bench.now()) }),
  )
}

export type Publishing = {
  readonly certificate?: Certificate
  readonly record?: CommitmentRecord
  readonly commitment?: string
  /** Leave the signature out of the log: the archive has it. */
  readonly bare?: boolean
  readonly at?: Millis
}

/** Puts an epoch on chain with a certificate of ten, unless told otherwise. The ledger does not see it by itself. */
export function publish(genuine: Genuine, epoch: number, options: Publishing = {}): Observed {
  const { bench, chain, certificates } = genuine
  const closed = bench.state.epochs.closed[epoch]!
  const commitment = options.commitment ?? closed.commitment
  const certificate = options.certificate ?? certify(bench, epoch, commitment)
  const record = options.record ?? (closed.published.record as CommitmentRecord)
  certificates.push({ epoch, ...certificate })
  const signature = options.bare === true ? undefined : certificate.signature
  return chain.emit(
    { event: 'EpochCommitted', epoch, commitment: commitment as never },
    'commitment_log',
    options.at ?? bench.now(),
    publicationOf(record, certificate.bitmap, signature),
  )
}

export function lowRisk(genuine: Genuine, mission: string): void {
  const { bench } = genuine
  genuine.worked = true
  underReview(bench, mission)
  reviewed(bench, mission, (seat) => decision(seat.id, mission, 'approve'))
  committed(bench.send(INTEGRATOR, 'mission.integrate', mission, { outputs: [OUTPUT], summary: 'Done.' }))
}

export function decide(genuine: Genuine, mission: string, more: { [field: string]: unknown } = {}): Observed {
  const { bench, chain } = genuine
  const log = decided(bench, mission, NOOR, 'approve', more) as unknown as Observed['log']
  return chain.emit(log, 'final_gate', bench.now())
}

/** Everything up to where a human has to decide about `m-2`; epoch 0 is on chain and seen. */
export function upToTheGate(at?: number): Genuine {
  const genuine = begun(at)
  lowRisk(genuine, 'm-1')
  atTheGate(genuine.bench, 'm-2')
  closeEpoch(genuine)
  observe(genuine.bench, publish(genuine, 0))
  return genuine
}

/** Small, for tests that verify it hundreds of times: one epoch on chain, a mission that names one file. */
export function small(): Genuine {
  const bench = founded()
  const all: Genuine = { bench, chain: testChain(bench.now()), certificates: [], worked: false }
  MEMBERS.forEach(({ key }, member) => {
    const not_after = Math.floor((bench.now() + 80 * DAY) / 1000)
    all.chain.emit({ event: 'KeyRegistered', member, key, not_after }, 'committee_registry', bench.now())
  })
  scoped(bench, 'm-1')
  closeEpoch(all)
  publish(all, 0)
  return all
}

/** The whole of it. */
export function genuine(at?: number): Genuine {
  const all = upToTheGate(at)
  observe(all.bench, decide(all, 'm-2'))
  closeEpoch(all)
  publish(all, 1)
  committed(all.bench.send(NOOR, 'mission.create', 'm-3', { title: 'Next', summary: 'We need it.' }))
  return all
}

export function contents({ bench, certificates, worked }: Genuine): Contents {
  return contentsOf(bench, certificates, worked ? ARTIFACTS : [])
}

export function files(genuine: Genuine): Files {
  return filesOf(contents(genuine))
}

/** Verifies these files against the chain of `of`, shortly after its last entry. */
export function verifyFiles(of: Genuine, archive: Files, more: Partial<Question> = {}): Promise<Verification> {
  return verify({
    archive: memoryArchive(archive),
    chain: async () => of.chain.reader(),
    engine: nativeEngine,
    now: () => millis(of.bench.now() + 1000),
    artifacts: 'all',
    ...more,
  })
}

export function verifyGenuine(of: Genuine, more: Partial<Question> = {}): Promise<Verification> {
  return verifyFiles(of, files(of), more)
}
