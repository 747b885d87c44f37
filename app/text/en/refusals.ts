/**
 * Why a command was withheld, by constraint: what happened, and what to do. A constraint that is not here is shown by
 * what it demands.
 */
import { missionChanged, timeToDecideIsOver, type Words } from './words.ts'

const SIGNATURES_ARE_OVER: Words = { title: 'The time for signatures is over' }
const SIGNED_BEFORE: Words = { title: 'You have signed already' }

export const refusals: { readonly [constraint: string]: Words } = {
  'command-within-its-time': {
    title: 'Your clock and the ledger’s are more than five minutes apart',
    what: 'Set your clock right and try again.',
  },
  'subject-at-revision': { title: 'It changed since you opened it', what: 'Read it again, then decide.' },
  'grounds-are-recorded': { title: 'A stated ground is not in the ledger' },
  'phase-not-expired': {
    title: 'The deployment’s founding phase has run out',
    what: 'Nothing can be changed any more; everything can still be read.',
  },
  'urgency-is-not-a-ground': { title: 'Urgency alone is no ground', what: 'Name a fact that is in the ledger.' },
  'signed-by-the-right-kind': { title: 'This is not for you to do', what: 'Another kind of signer is needed.' },
  'nonce-is-new': { title: 'This was sent before', what: 'Load the page again.' },

  'identity-is-the-signers-own': { title: 'This identity is not yours' },
  'key-is-bound-by-the-wallet': {
    title: 'The wallet’s signature does not bind this key',
    what: 'Sign with the wallet that you were attested with. Contract wallets cannot bind keys here.',
  },
  'key-is-new': { title: 'This key is bound already', what: 'Make a new one.' },
  'key-is-not-revoked': { title: 'This key is revoked already' },
  'key-is-the-subjects': { title: 'This key is not of this identity' },
  'key-lasts-no-longer-than-allowed': {
    title: 'The key would be valid for too long, or is past its end',
    what: 'Make a new one.',
  },
  'reviewer-is-new': { title: 'You are a reviewer already' },

  'within-the-review-window': {
    title: 'The time for this step of the review is over',
    what: 'The seat passes to the next in the draw. You need not do anything.',
  },
  'signer-holds-a-seat': {
    title: 'You hold no seat in this review',
    what: 'Seats are drawn by lot; they cannot be taken or passed on.',
  },
  'review-is-at-this-step': {
    title: 'The review is at another step',
    what: 'Decisions are sealed first; they are opened when all are in.',
  },
  'seat-is-not-yet-sealed': {
    title: 'You have sealed a decision already',
    what: 'It cannot be exchanged. Open it when it is time.',
  },
  'seat-is-not-yet-revealed': { title: 'You have opened your decision already' },
  'decision-names-its-place': { title: 'The decision names another place than this one' },
  'reveal-matches-the-seal': {
    title: 'This is not the decision that you sealed',
    what: 'Open the very one; if it was made in another browser, load its copy here.',
  },
  'signed-by-the-owner': { title: 'Only the owner may do this' },
  'mission-is-not-held': { title: 'The mission is held by its owner', what: 'It goes on when the owner releases it.' },
  'mission-exists': { title: 'There is no such mission' },

  'conflict-is-with-another': { title: 'A conflict is with somebody else who is known here', what: 'Check the name.' },
  'conflict-is-new': { title: 'You have declared this conflict already, or too many' },
  'conflict-stands': { title: 'You have declared no such conflict' },

  'machine-is-in-service': { title: 'The machine is out of service' },
  'within-the-voting-window': { title: 'The time to vote is over', what: 'The seat passes to the next in the draw.' },
  'panel-exists': { title: 'There is no such panel' },
  'panel-is-at-this-step': { title: 'The panel is at another step' },
  'seat-has-not-voted': { title: 'You have voted already', what: 'A vote cannot be changed.' },
  'vote-fits-the-panel': { title: 'This panel is asked something else', what: 'Load the page again.' },

  'within-the-appeal-window': { title: 'The time to contest this decision is over' },
  'signer-is-affected': { title: 'This decision did not affect you', what: 'Whoever it affected may contest it.' },
  'appeal-is-new': { title: 'There is an appeal of this name', what: 'Load the page again.' },
  'decision-can-be-appealed': { title: 'This is no decision that can be contested' },
  'decision-is-not-yet-appealed': { title: 'This decision is being contested already, or was' },
  'within-the-time-to-respond': { title: 'The time to answer is over' },
  'signer-is-the-other-side': { title: 'You are not named as the other side' },
  'appeal-exists': { title: 'There is no such appeal' },
  'appeal-waits-for-answers': { title: 'The appeal does not wait for answers any more' },
  'respondent-has-not-answered': { title: 'You have answered already' },
  'signer-declared-no-conflict': {
    title: 'You have declared a conflict in this matter',
    what: 'Leave the seat; the next of the draw takes it.',
  },

  'open-reports-are-few': {
    title: 'You have as many open reports as one human may have',
    what: 'Wait until one of them is resolved.',
  },
  'accused-is-another': { title: 'Nobody accuses themselves' },
  'grounds-are-stated': {
    title: 'This needs facts that are in the ledger, besides what it is about',
    what: 'Name at least one entry.',
  },
  'incident-is-new': { title: 'There is an incident of this name', what: 'Load the page again.' },
  'concerns-what-there-is': { title: 'It concerns something that is not known here', what: 'Check the names.' },
  'accused-is-an-actor': { title: 'The accused is nobody who is known here', what: 'Check the name.' },
  'severity-is-of-the-kind': { title: 'This kind of incident has another severity' },
  'report-says-something-new': { title: 'The same was reported before', what: 'Asking again gives the same answer.' },
  'resolver-is-uninvolved': {
    title: 'You have to do with this incident',
    what: 'Somebody who has no part in it resolves it.',
  },
  'incident-exists': { title: 'There is no such incident' },
  'incident-is-open': { title: 'The incident is resolved already' },
  'incident-waits-for-nothing': {
    title: 'What this incident waits for has not come about',
    what: 'The rules settle it by themselves when it has.',
  },

  'within-the-revalidation-window': SIGNATURES_ARE_OVER,
  'revalidation-signer-is-independent': {
    title: 'Your signature would not count for this',
    what: 'It takes humans of high trust, of another organization, who had no part in the work.',
  },
  'suspension-exists': { title: 'There is no such suspension' },
  'suspension-still-waits': { title: 'It does not wait any more' },
  'phase-has-a-revalidation-quorum': {
    title: 'In the founding phase nobody can sign for this',
    what: 'It waits for the next phase, in which there are enough humans.',
  },
  'revalidation-is-signed-once': SIGNED_BEFORE,

  'limit-at-zero-has-not-come': { title: 'The machine’s time in quarantine has run out' },
  'within-the-window-for-signatures': SIGNATURES_ARE_OVER,
  'signature-names-the-application': {
    title: 'The machine has applied anew since',
    what: 'Read it again, then sign.',
  },
  'signer-is-independent': {
    title: 'You or your organization have to do with this machine',
    what: 'Independent humans sign for it.',
  },
  'signer-is-not-the-resolver': {
    title: 'You found this incident proven',
    what: 'What is final takes two: somebody else signs the end of the machine.',
  },
  'evidence-is-from-after-the-quarantine': {
    title: 'This examination began before the machine was put in quarantine',
    what: 'Examine it as it is now.',
  },
  'examination-is-over': {
    title: 'The times of this examination cannot be',
    what: 'It ends after it begins, and not in the future.',
  },
  'signer-has-not-signed': SIGNED_BEFORE,
  'machine-exists': { title: 'There is no such machine' },
  'machine-is-in-quarantine': { title: 'The machine is not in quarantine' },
  'application-waits': { title: 'No re-certification waits for signatures' },
  'no-severe-incident': {
    title: 'A severe incident about this machine is open',
    what: 'It has to be resolved first.',
  },
  'signer-is-not-held-by-an-incident': {
    title: 'An open severe incident concerns you',
    what: 'It has to be resolved first.',
  },

  'mission-is-before-its-gate': {
    title: 'The mission’s work is done',
    what: 'It waits at its gate or is over; there is nothing left to hold.',
  },
  'mission-is-held': { title: 'The mission is not held' },
  'work-is-under-way': { title: 'No work on this mission is under way' },
  'worker-is-out-of-service': {
    title: 'The worker of this task is in service, or nobody has it',
    what: 'A task is taken only from a machine that cannot go on with it.',
  },
  'task-is-in-its-workers-hand': {
    title: 'This task is not in its worker’s hand',
    what: 'What was handed in is judged first; what was integrated is done.',
  },
  'review-is-under-way': {
    title: 'This task is not under review, or its question has been given to humans already',
    what: 'A question can be given to humans from its first draw until its review is over.',
  },
  'completion-stays-reversible': {
    title: 'There is no completion that its owner could take back',
    what: 'What a human’s signature completed stays; so does what was taken back before.',
  },
  'gate-has-lapsed': { title: 'The time to decide has not passed yet', what: 'It can be renewed when it has.' },
  'no-open-incident': {
    title: 'An open incident concerns this mission',
    what: 'It goes on when the incident has been resolved.',
  },

  'act-before-its-deadline': {
    title: 'The wallet’s signature has expired',
    what: 'Nothing happened. Begin again and sign anew.',
  },
  'signer-is-not-the-reporter': {
    title: 'You reported the incident that this rests on',
    what: 'Somebody who had no part in it signs.',
  },
  'machine-is-not-decommissioned': { title: 'The machine is decommissioned already' },
  'malice-is-proven': {
    title: 'No severe misconduct of this machine has been proven',
    what: 'It takes an incident about it that a human has upheld.',
  },
  'subject-is-stable': {
    title: 'Something about it is contested or under review',
    what: 'It waits until the open incident, appeal or review has ended.',
  },
  'finding-is-beyond-appeal': {
    title: 'The finding can still be appealed',
    what: 'A machine is retired for malice when nobody can contest the finding any more.',
  },
  'irreversible-names-its-revision': { title: 'It does not say which state it is about', what: 'Load the page again.' },
  'signed-by-the-operator': { title: 'Only the human who operates the machine may do this' },

  'mission-digest-is-current': missionChanged,
  'approver-is-a-verified-human': { title: 'This wallet belongs to no verified human of this deployment' },
  'approver-is-independent': {
    title: 'You had a hand in this mission',
    what: 'Whoever worked on it, reviewed it or operates a machine that did may not decide.',
  },
  'integration-is-committed': {
    title: 'The epoch of this result is not on chain yet',
    what: 'It can be approved once the epoch that holds it is committed.',
  },
  'commitments-are-fresh': {
    title: 'An epoch is overdue on chain',
    what: 'Nothing irreversible can be completed until it is published.',
  },
  'decided-before-its-deadline': timeToDecideIsOver,
  'step-of-the-machine': { title: 'The mission does not wait for a decision any more' },
  'text-is-as-shown': { title: 'The signed text is not the mission’s', what: 'Load the page again and read it anew.' },
}
