/**
 * What an attack is: a name, and what it does as the attacker.
 *
 *     { id: 'machine-owns-a-mission', title: 'A machine opens a mission', run: async (arena) => {
 *         await arena.expect('signed-by-the-right-kind', arena.machine(), 'mission.create', 'm-x', { … }) } }
 *
 * Each `expect` is one attempt. It is repelled only where the answer is a refusal for the expected reason and every
 * subject is bit for bit as before; an attempt that is committed, or refused for another reason, is a breach.
 *
 * An attack `on: 'anything'` needs nothing but commands and can be run against a running system over its public
 * interface; the others need what only a simulation has: a clock, a chain, a registry of its own making.
 *
 * Source: spec 11.
 */
import type { Json } from '../../wire/canonical-json.ts'
import type { Signer } from '../../wire/dsse.ts'
import type { Deployment } from '../../conformance/missions/deployment.ts'
import type { MissionRun } from '../../conformance/missions/mission.ts'
import type { MissionState } from '../../law/mission/machine.ts'

export type Sender = { readonly id: string; readonly signer: Signer }

export type Fields = { readonly [field: string]: Json }

/** One attempt and what came of it. `given` are all reasons that were answered, the strongest first. */
export type Trial = {
  readonly what: string
  readonly expected: string
  readonly given: readonly string[]
  readonly unchanged: boolean
  /** A rule was asked for its answer; no command was sent. */
  readonly asked?: true
}

/** Where an attack takes place. A person who is not at hand is a Fault `identity-missing`: the attack is skipped. */
export type Arena = {
  /** A verified human who owns nothing that is attacked. */
  human(): Sender
  /** The human who owns `mission()`. */
  owner(): Sender
  /** A machine that takes part in missions. */
  machine(): Sender
  founder(): Sender
  /** A key that nobody has registered. */
  stranger(): Sender
  /** A mission of the owner's that stands at its final gate or is completed, whichever there is. */
  mission(): Promise<string>
  revision(subject: string): Promise<number>
  /** The envelope that the sender would send now. */
  envelope(sender: Sender, type: string, subject: string, body: Json, more?: Fields): string
  now(): number
  /** A name that nothing bears. */
  fresh(prefix: string): string
  /** Sends a command; it must be refused for this reason and change nothing. */
  expect(reason: string, sender: Sender, type: string, subject: string, body: Json, more?: Fields): Promise<void>
  /** The same for a text that is already an envelope, or should be one. */
  expectText(reason: string, what: string, envelope: string): Promise<void>
}

/** A deployment in memory with real keys, real signatures and the whole law. */
export type Simulation = Arena & {
  readonly world: Deployment
  /** A mission that has come as far as this, not the same as `mission()`; made once for each state, tier and label. */
  missionAt(state: MissionState, tier: string, label?: string): MissionRun
  /** The runtime's own key, as a thief of the host would have it. */
  runtime(): Sender
  /** Puts a log into a final block and lets the runtime record it; it must be withheld for this reason. */
  expectLog(reason: string, what: string, contract: string, log: Fields, more?: Fields): Promise<void>
  /** A deployment founded with this body; the founding must be refused for this reason and leave nothing founded. */
  expectFounding(reason: string, what: string, body: Json): Promise<void>
  /** An entry put in at this place of the ledger, as a stranger reads it; it must be refused for this reason. */
  expectEntry(reason: string, what: string, seq: number, text: string): void
  /**
   * Commands that the law takes, and that bring nothing by it: `act` sends them and answers the ledger's own word for
   * what came of them, which must be this reason; what they aimed at `holds` all the same.
   */
  expectInVain(reason: string, what: string, act: () => string | undefined, holds: () => boolean): void
  /** A rule asked directly, where no command reaches it: the attack says so in `formula`. */
  expectAnswer(reason: string, what: string, given: readonly string[] | string | undefined): void
  /** Another deployment, attacked as this one is; made once for each name. */
  elsewhere(name: string, make: () => Deployment): Simulation
}

/** A row of the ledger's store, as somebody with a database shell sees it. */
export type LedgerRow = { readonly seq: number; readonly hash: string; readonly text: string }

/** An archive's files by their paths. */
export type ArchiveFiles = ReadonlyMap<string, Uint8Array>

/**
 * A small deployment's real files, copied for each attempt, damaged, and then opened as everybody opens them. Nobody's
 * own data is ever touched; the damage must be found for this reason, and nothing is mended on the way.
 */
export type Copies = {
  /** The ledger's rows are changed, its guards removed: the start is refused. */
  expectStart(reason: string, what: string, damage: (rows: readonly LedgerRow[]) => readonly LedgerRow[]): Promise<void>
  /** The ledger's file is changed, byte by byte: the start is refused. */
  expectStartOnBytes(reason: string, what: string, damage: (file: Uint8Array) => Uint8Array): Promise<void>
  /** A snapshot lies beside the ledger that is not of it: the ledger alone says what is so. */
  expectSnapshot(reason: string, what: string, snapshot: 'damaged' | 'of another ledger' | 'forged'): Promise<void>
  /** The archive's files are changed: whoever verifies it finds the first fault. */
  expectVerdict(reason: string, what: string, damage: (files: ArchiveFiles) => ArchiveFiles): Promise<void>
  /** Its entries are changed, and everything else is made anew to fit them. */
  expectVerdictOnEntries(
    reason: string,
    what: string,
    damage: (lines: readonly string[]) => readonly string[],
  ): Promise<void>
}

export type Attack =
  | { readonly id: string; readonly title: string; readonly on: 'files'; run(copies: Copies): Promise<void> }
  | { readonly id: string; readonly title: string; readonly on: 'anything'; run(arena: Arena): Promise<void> }
  | {
      readonly id: string
      readonly title: string
      readonly on: 'rules'
      /** Which rule is asked directly, and why no command reaches it. Without it an attack asks none. */
      readonly formula?: string
      run(arena: Simulation): Promise<void>
    }

export function isRepelled({ expected, given, unchanged }: Trial): boolean {
  return unchanged && given.includes(expected)
}

/** A place of attack, and what was tried there since it was asked last. */
export type Attempts<A> = { readonly arena: A; take(): readonly Trial[] }
