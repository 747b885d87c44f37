/** The books: epochs, chain logs, the ledger itself. Source: spec 2.2, 2.3, 2.4, 7. */
import { formatTimestamp, HOUR, millis } from '../../wire/time.ts'
import { checksOf, emptyState, readEntry, replay, type State } from '../../genesis.ts'
import { COMMITMENT_LOG, GATE } from '../../conformance/missions/deployment.ts'
import { digestOfSubjects } from '../digest-of-subjects.ts'
import type { Attack, Simulation } from './attack.ts'

const OTHER = `sha256:${'07'.repeat(32)}`

/** How many entries of the simulation's ledger are folded again: enough for a founding and the first mission. */
const ENTRIES = 40

/** Take an entry's text as a stranger does: read, decided again, compared. Answers what is wrong with it. */
function take(state: State, text: string): string | undefined {
  const entry = readEntry(text, state.books.next)
  if (!entry.ok) return entry.error.code
  const checks = checksOf(state, entry.value.command)
  if ('code' in checks) return checks.code
  // Signatures are another attack's: here they are all taken as good.
  const taken = replay(
    state,
    entry.value,
    checks.map(() => true),
  )
  return taken.ok ? undefined : taken.error.code
}

/** A fold of the ledger up to `end`, which holds. */
function foldedTo(texts: readonly string[], end: number): State {
  const state = emptyState()
  for (const text of texts.slice(0, end)) take(state, text)
  return state
}

function tamper(arena: Simulation, reason: string, what: string, at: number, text: string): void {
  const state = foldedTo(arena.world.texts, at)
  const before = digestOfSubjects(state)
  const given = take(state, text)
  arena.expectAnswer(reason, what, given, digestOfSubjects(state) === before && state.books.next === at)
}

export const BOOKS: readonly Attack[] = [
  {
    id: 'epoch-closed-at-will',
    title: 'The runtime closes an epoch before its time, another one, or for a time that has not come',
    on: 'rules',
    run: async (arena) => {
      const { world } = arena
      const { current, lastEnd } = world.state.epochs
      const close = (reason: string, epoch: number, ms: number) =>
        arena.expect(reason, arena.runtime(), 'epoch.close', 'epochs', {
          epoch,
          end: formatTimestamp(millis(lastEnd + ms)),
        })
      await close('epoch-is-the-open-one', current + 1, HOUR)
      await close('epoch-end-is-due', current, 365 * 24 * HOUR)
      await close('epoch-end-is-due', current, 1)
      await close('epoch-end-is-due', current, -HOUR)
    },
  },
  {
    id: 'commitment-not-the-ledgers',
    title: 'A log of another commitment, of another contract, of another chain, and one log twice',
    on: 'rules',
    run: async (arena) => {
      const { world } = arena
      world.publishEpochs()
      const last = world.state.epochs.closed.at(-1)!
      const log = { event: 'EpochCommitted', epoch: last.epoch, commitment: last.commitment }
      await arena.expectLog('commitment-is-the-ledgers', 'another root', COMMITMENT_LOG, { ...log, commitment: OTHER })
      await arena.expectLog('commitment-is-the-ledgers', 'an epoch nobody closed', COMMITMENT_LOG, {
        ...log,
        epoch: last.epoch + 7,
      })
      await arena.expectLog('log-is-of-our-contract', 'a contract of somebody else', GATE, log)
      await arena.expectLog('log-is-of-our-contract', 'another chain', COMMITMENT_LOG, log, { chain_id: 1 })
      const [seen] = world.state.chain.observed
      const [, transaction = '', index = '0'] = seen!.split(':')
      const again = { transaction, log_index: Number(index) }
      await arena.expectLog('log-is-new', 'a log that was taken in before', COMMITMENT_LOG, log, again)
    },
  },
  {
    id: 'ledger-rewritten',
    title: 'A row of the ledger is edited: an event, an outcome, a time, a whole entry taken out or put in twice',
    on: 'rules',
    run: async (arena) => {
      arena.missionAt('FinalHumanGate', 'R2')
      const { texts } = arena.world
      const at = texts.findIndex((text) => text.includes('"mission.scoped"'))
      const scoped = texts[at]!
      tamper(arena, 'entry-differs', 'a tier in an event', at, scoped.replace(/"tier":"R\d"/, '"tier":"R0"'))
      tamper(
        arena,
        'entry-differs',
        'the hash before it',
        at,
        scoped.replace(/"previous":"sha256:[0-9a-f]{64}"/, `"previous":"${OTHER}"`),
      )
      tamper(arena, 'entry-differs', 'its number', at, scoped.replace(/"seq":\d+/, '"seq":7777'))
      tamper(
        arena,
        'entry-time-runs-back',
        'its time',
        at,
        scoped.replace(/"recorded_at":"\d{4}/, '"recorded_at":"2019'),
      )
      tamper(arena, 'entry-malformed', 'a line of something else', at, '{"command":{}}')
      tamper(arena, 'entry-repeated', 'the entry before, once more', at, texts[at - 1]!)
      tamper(arena, 'entry-differs', 'an entry left out', at - 1, scoped)
      const withheld = texts.findIndex((text, i) => i < ENTRIES * 4 && text.includes('"outcome":"withheld"'))
      if (withheld >= 0) {
        const changed = texts[withheld]!.replace(/"outcome":"withheld"/, '"events":[],"outcome":"committed"')
        tamper(arena, 'entry-differs', 'a refusal made a commitment', withheld, changed)
      }
    },
  },
  {
    id: 'old-snapshot',
    title: 'An old state is restored and the ledger goes on from there',
    on: 'rules',
    run: async (arena) => {
      arena.missionAt('FinalHumanGate', 'R2')
      const { texts } = arena.world
      const newest = texts.at(-1)!
      for (const back of [2, 5, Math.min(ENTRIES, texts.length - 2)]) {
        const at = texts.length - 1 - back
        const state = foldedTo(texts, at)
        const before = digestOfSubjects(state)
        const given = take(state, newest)
        const refused = given !== undefined
        arena.expectAnswer(
          'refused',
          `the newest entry on a state ${back} entries old`,
          refused ? 'refused' : undefined,
          digestOfSubjects(state) === before,
        )
      }
    },
  },
  {
    id: 'records-of-another-epoch',
    title: 'Genuine envelopes of an earlier epoch are handed in again',
    on: 'rules',
    run: async (arena) => {
      arena.world.publishEpochs()
      const { texts } = arena.world
      for (const text of texts.slice(1, 12)) {
        const envelope = text.slice('{"command":'.length, text.indexOf('"}]}') + 4)
        await arena.expectText('repeated', 'an envelope that was answered', envelope)
      }
    },
  },
]
