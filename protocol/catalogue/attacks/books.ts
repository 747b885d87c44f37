/** The books: epochs, chain logs, the ledger itself. Source: spec 2.2, 2.3, 2.4, 7. */
import { formatTimestamp, HOUR, millis } from '../../wire/time.ts'
import { COMMITMENT_LOG, deployment, GATE } from '../../conformance/missions/deployment.ts'
import { lead } from '../../conformance/missions/guards.ts'
import { missionRun } from '../../conformance/missions/mission.ts'
import { REVIEWERS, WORKER } from '../../conformance/missions/people.ts'
import type { Attack, Simulation } from './attack.ts'

const OTHER = `sha256:${'07'.repeat(32)}`

/** A mission that was scoped and planned, a refusal, and then work: few entries, for each attack folds them anew. */
function smallLedger(arena: Simulation): Simulation {
  return arena.elsewhere('a small ledger', () => {
    const world = deployment(REVIEWERS)
    const run = missionRun(world, 'm-small', 'R1')
    run.create()
    lead(run, 'Decomposed')
    world.send(WORKER, 'mission.create', 'm-withheld', { title: 'T', summary: 'S' })
    run.step('start_work')
    return world
  })
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
      const there = smallLedger(arena)
      const { texts } = there.world
      const at = texts.findIndex((text) => text.includes('"mission.scoped"'))
      const scoped = texts[at]!
      const withheld = texts.findIndex((text) => text.includes('"outcome":"withheld"'))
      const edits = [
        ['entry-differs', 'a tier in an event', scoped.replace(/"tier":"R\d"/, '"tier":"R3"')],
        [
          'entry-differs',
          'the hash before it',
          scoped.replace(/"previous":"sha256:[0-9a-f]{64}"/, `"previous":"${OTHER}"`),
        ],
        ['entry-differs', 'its number', scoped.replace(/"seq":\d+/, '"seq":7777')],
        ['entry-time-runs-back', 'its time', scoped.replace(/"recorded_at":"\d{4}/, '"recorded_at":"2019')],
        ['entry-malformed', 'a line of something else', '{"command":{}}'],
        ['entry-repeated', 'the entry before, once more', texts[at - 1]!],
      ] as const
      for (const [reason, what, text] of edits) there.expectEntry(reason, what, at, text)
      there.expectEntry('entry-differs', 'an entry left out', at - 1, scoped)
      const changed = texts[withheld]!.replace('"outcome":"withheld"', '"events":[],"outcome":"committed"')
      there.expectEntry('entry-differs', 'a refusal made a commitment', withheld, changed)
    },
  },
  {
    id: 'old-snapshot',
    title: 'An old state is restored and the ledger goes on from there',
    on: 'rules',
    run: async (arena) => {
      const there = smallLedger(arena)
      const { texts } = there.world
      const newest = texts.length - 1
      for (const back of [1, 2, 5]) {
        there.expectEntry('entry-differs', `on a state ${back} entries old`, newest - back, texts[newest]!)
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
