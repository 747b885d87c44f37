/** What must be true of epochs, the constitution in force, and of every entry. */
import { answerTo } from '../../law/answers.ts'
import { checkPinned } from '../../law/constitution/pinned.ts'
import { commandType } from '../../law/commands.ts'
import { domainOf } from '../../law/constraints/event.ts'
import type { Constitution } from '../../law/constitution/constitution.ts'
import type { Broken, Property } from './property.ts'

const broken = (property: string, subject: string, figures: Broken['figures']): readonly Broken[] => [
  { property, subject, figures },
]

const sound = new WeakMap<Constitution, readonly Broken[]>()

/** By these alone something irreversible enters the state; each is a human's wallet decision out of a chain log. */
const IRREVERSIBLE_EVENTS = ['mission.completed', 'mission.rejected']

export const BOOKS: readonly Property[] = [
  {
    id: 'epochs-lie-end-to-end',
    says: 'Epochs follow each other without a gap, each names the one before by its hash, and the chain holds no other commitment than the ledger’s.',
    ofState: (state) => {
      const { closed, current, lastCommitment } = state.epochs
      const last = closed.at(-1)
      const before = closed.at(-2)
      const found: Broken[] = []
      if (current !== closed.length)
        found.push(...broken('epochs-lie-end-to-end', 'epochs', { current, closed: closed.length }))
      if (last !== undefined && last.commitment !== lastCommitment) {
        found.push(...broken('epochs-lie-end-to-end', 'epochs', { epoch: last.epoch, commitment: last.commitment }))
      }
      if (last !== undefined && before !== undefined) {
        const linked = last.published.record.previous_commitment_hash === before.commitment
        if (!linked || last.firstSeq !== before.lastSeq + 1 || last.end <= before.end) {
          found.push(...broken('epochs-lie-end-to-end', 'epochs', { epoch: last.epoch, first_seq: last.firstSeq }))
        }
      }
      for (const epoch of closed.slice(-COMMITTED_LOOKED_AT)) {
        const onChain = state.chain.committed.get(epoch.epoch)
        if (onChain !== undefined && onChain !== epoch.commitment) {
          found.push(...broken('epochs-lie-end-to-end', 'chain', { epoch: epoch.epoch, on_chain: onChain }))
        }
      }
      return found
    },
  },
  {
    id: 'constitution-is-the-ratified-one',
    says: 'The constitution in force holds the canonical values: nobody has amended it, so none differs.',
    ofState: ({ founded }) => {
      if (founded === undefined) return []
      const known = sound.get(founded.constitution)
      if (known !== undefined) return known
      const [first] = checkPinned(founded.constitution)
      const found =
        first === undefined ? [] : broken('constitution-is-the-ratified-one', 'genesis', { path: first.path })
      sound.set(founded.constitution, found)
      return found
    },
  },
  {
    id: 'phase-ends-at-its-limit',
    says: 'After its limit a deployment with too few humans changes nothing but its books.',
    ofEntry: ({ founded }, { outcome, recordedAt, command }) => {
      if (founded === undefined || outcome === 'withheld' || CLOSES_THE_BOOKS.includes(command.type)) return []
      const limit = founded.deployment.startedAt + founded.constitution.phases.g0MaxMs
      return recordedAt < limit ? [] : broken('phase-ends-at-its-limit', command.subject, { type: command.type })
    },
  },
  {
    id: 'machines-commit-nothing-irreversible',
    says: 'What cannot be undone enters with the signed decision of a human’s wallet, out of a log of the chain.',
    ofEntry: (_state, { events, command }) =>
      events.flatMap((event) => {
        if (!IRREVERSIBLE_EVENTS.includes(event.event_type)) return []
        const data = event.data as { readonly by?: string; readonly decision?: { readonly signature?: string } }
        if (data.by === 'standing-mandate') return []
        const signed = command.type === 'chain.observed' && data.decision?.signature !== undefined
        return signed ? [] : broken('machines-commit-nothing-irreversible', event.subject, { type: command.type })
      }),
  },
  {
    id: 'the-right-kind-signs',
    says: 'Every committed command is signed by a kind of principal that its type allows; the runtime only by its grant.',
    ofEntry: ({ founded, identities, machines }, { outcome, command }) => {
      const type = commandType(command.type)
      if (outcome === 'withheld' || type === undefined || founded === undefined) return []
      const { runtime, founder } = founded.deployment
      const kind = identities.humans.has(command.actor) ? 'human' : machines.has(command.actor) ? 'machine' : 'runtime'
      if (kind === 'runtime' && (command.actor !== runtime.id || !runtime.may.includes(command.type))) {
        return broken('the-right-kind-signs', command.actor, { type: command.type, kind })
      }
      const allowed = type.signers.some((signer) =>
        signer === 'founder' ? command.actor === founder.id : signer === kind,
      )
      return allowed ? [] : broken('the-right-kind-signs', command.actor, { type: command.type, kind })
    },
  },
  {
    id: 'urgency-moves-nothing',
    says: 'No command that calls itself urgent is committed without a recorded ground.',
    ofEntry: (_state, { outcome, command }) =>
      outcome === 'committed' && command.urgent && command.grounds.length === 0
        ? broken('urgency-moves-nothing', command.subject, { type: command.type })
        : [],
  },
  {
    id: 'a-refusal-says-so-and-nothing-else',
    says: 'A withheld command has violations, strongest level first, and one event of its own.',
    ofEntry: (_state, { outcome, violations, events, command }) => {
      if (outcome === 'committed') return []
      const own = events.length === 1 && events[0]?.event_type.endsWith('.withheld') === true
      const counts = violations.some(({ level }) => level !== 'preference')
      return own && counts
        ? []
        : broken('a-refusal-says-so-and-nothing-else', command.subject, { events: events.length })
    },
  },
  {
    id: 'every-event-has-a-root',
    says: 'Every event belongs to one of the four commitment domains and names the actor who signed the command.',
    ofEntry: (_state, { events, command }) =>
      events.flatMap((event) =>
        domainOf(event.event_type) !== undefined && event.actor_id === command.actor
          ? []
          : broken('every-event-has-a-root', event.subject, { event: event.event_type }),
      ),
  },
  {
    id: 'one-nonce-one-answer',
    says: 'A nonce was spent by the entry that the books name for it, and by no later one.',
    ofEntry: ({ books }, { seq, command }) =>
      answerTo(books.answered, command) === seq ? [] : broken('one-nonce-one-answer', command.actor, { seq }),
  },
]

const CLOSES_THE_BOOKS = ['genesis', 'epoch.close', 'chain.observed']

/** Commitments come a few epochs late at most; older ones were looked at when they came. */
const COMMITTED_LOOKED_AT = 16
