/**
 * Why a command was withheld, by constraint: what happened, and what to do. A constraint that is not here is shown by
 * what it demands.
 */
type Words = { readonly title: string; readonly what?: string }

export const refusals: { readonly [constraint: string]: Words } = {
  'command-within-its-time': {
    title: 'Your clock and the ledger’s are more than five minutes apart.',
    what: 'Set your clock right and try again.',
  },
  'subject-at-revision': { title: 'It changed since you opened it.', what: 'Read it again, then decide.' },
  'grounds-are-recorded': { title: 'A stated ground is not in the ledger.' },
  'phase-not-expired': {
    title: 'The deployment’s founding phase has run out.',
    what: 'Nothing can be changed any more; everything can still be read.',
  },
  'urgency-is-not-a-ground': { title: 'Urgency alone is no ground.', what: 'Name a fact that is in the ledger.' },
  'signed-by-the-right-kind': { title: 'This is not for you to do.', what: 'Another kind of signer is needed.' },
  'nonce-is-new': { title: 'This was sent before.', what: 'Load the page again.' },

  'identity-is-the-signers-own': { title: 'This identity is not yours.' },
  'key-is-bound-by-the-wallet': {
    title: 'The wallet’s signature does not bind this key.',
    what: 'Sign with the wallet that you were attested with. Contract wallets cannot bind keys here.',
  },
  'key-is-new': { title: 'This key is bound already.', what: 'Make a new one.' },
  'key-is-not-revoked': { title: 'This key is revoked already.' },
  'key-is-the-subjects': { title: 'This key is not of this identity.' },
  'key-lasts-no-longer-than-allowed': {
    title: 'The key would be valid for too long, or is past its end.',
    what: 'Make a new one.',
  },
  'reviewer-is-new': { title: 'You are a reviewer already.' },

  'within-the-review-window': {
    title: 'The time for this step of the review is over.',
    what: 'The seat passes to the next in the draw. You need not do anything.',
  },
  'signer-holds-a-seat': {
    title: 'You hold no seat in this review.',
    what: 'Seats are drawn by lot; they cannot be taken or passed on.',
  },
  'review-is-at-this-step': {
    title: 'The review is at another step.',
    what: 'Decisions are sealed first; they are opened when all are in.',
  },
  'seat-is-not-yet-sealed': {
    title: 'You have sealed a decision already.',
    what: 'It cannot be exchanged. Open it when it is time.',
  },
  'seat-is-not-yet-revealed': { title: 'You have opened your decision already.' },
  'decision-names-its-place': { title: 'The decision names another place than this one.' },
  'reveal-matches-the-seal': {
    title: 'This is not the decision that you sealed.',
    what: 'Open the very one; if it was made in another browser, load its copy here.',
  },
  'signed-by-the-owner': { title: 'Only the owner may do this.' },
  'mission-is-not-held': { title: 'The mission is held by its owner.', what: 'It goes on when the owner releases it.' },
  'mission-exists': { title: 'There is no such mission.' },
}
