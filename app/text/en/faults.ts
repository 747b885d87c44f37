/**
 * What went wrong and what to do, by code, where it was not the law that said no (refusals.ts). A code that is in
 * neither is shown as it is, under `unknown`.
 */
import { missionChanged, timeToDecideIsOver, type Words } from './words.ts'

export const unknown: Words = {
  title: 'Something went wrong',
  what: 'Nothing was signed or sent that you did not confirm. Try again; if it stays, pass on the code.',
}

const DECIDED: Words = {
  title: 'You have already decided on this attempt',
  what: 'Nobody signs twice for the same thing: the first decision of each human stands. The page shows how far it is.',
}

export const faults: { readonly [code: string]: Words } = {
  offline: {
    title: 'No connection to the server',
    what: 'It may be stopped, or your network may be down. What you signed is kept in this browser.',
  },
  'answer-unreadable': {
    title: 'The server answered something unexpected',
    what: 'App and server may be of different versions. Load the page again.',
  },
  'server-failed': { title: 'The server made a mistake', what: 'Asking again is safe.' },
  'not-found': { title: 'Not found', what: 'There is nothing recorded under that name.' },
  'rate-limited': { title: 'Too many requests', what: 'Wait a moment, then go on.' },
  'too-many-streams': { title: 'Too many readers at once', what: 'The page asks again by itself.' },

  'wallet-rejected': { title: 'You refused in your wallet', what: 'Nothing was signed and nothing was sent.' },
  'wallet-locked': { title: 'Your wallet is locked', what: 'Unlock it and try again. Nothing was signed.' },
  'wallet-busy': {
    title: 'Your wallet is already asking you something',
    what: 'Open it, answer there, and try again.',
  },
  'wallet-network': {
    title: 'Your wallet is on another network',
    what: 'Switch it to the network of this deployment. Nothing was signed.',
  },
  'wallet-unsupported': {
    title: 'Your wallet cannot do this',
    what: 'It does not know this kind of request. Use another wallet.',
  },
  'wallet-failed': { title: 'Your wallet reported an error', what: 'Nothing was sent. Try again.' },
  'wallet-funds': {
    title: 'Your wallet cannot pay the gas',
    what: 'Send the decision through the relay, or fund the wallet. Your signature is kept.',
  },

  'artifact-differs': {
    title: 'These are not the bytes that the mission names',
    what: 'The server sent something else under this digest. Do not rely on it.',
  },
  'artifact-unknown': { title: 'The file is not there', what: 'The server does not have these bytes.' },
  'artifact-too-large': { title: 'The file is too large to be stored' },
  'artifact-store-full': { title: 'The server has no room left', what: 'Whoever runs it has to make room.' },
  'evidence-differs': {
    title: 'This is not the evidence that the mission names',
    what: 'The server sent something else. Do not rely on it.',
  },
  'evidence-unreadable': { title: 'The evidence cannot be read' },

  'chain-unreachable': {
    title: 'The chain does not answer',
    what: 'Without it nothing can be compared or sent. What you signed is kept in this browser.',
  },
  'chain-foreign': {
    title: 'This is another chain',
    what: 'The address answers for another chain than the one this deployment was founded on.',
  },
  'verifier-stopped': {
    title: 'The verification stopped',
    what: 'That is a mistake of ours, not of the records. Try again; if it stays, verify with the command line.',
  },
  'archive-unreachable': { title: 'The archive cannot be fetched', what: 'Without it nothing can be verified.' },
  'archive-moving': { title: 'The archive changes faster than it can be read', what: 'Try again in a moment.' },
  'chain-log-unreadable': {
    title: 'The chain answered with logs that cannot be read',
    what: 'Another contract may stand at that address.',
  },
  'deployment-without-gate': { title: 'The deployment names no final gate' },
  'deployment-without-registry': { title: 'The deployment names no identity registry' },
  'deadline-passed': timeToDecideIsOver,
  'decided-before': DECIDED,
  'reason-differs': { title: 'The reason is not the one that was hashed', what: 'Nothing was signed. Try again.' },
  'mission-changed': missionChanged,
  'mission-digest-unknown': {
    title: 'The server does not know this mission digest',
    what: 'Your signature is about a mission that is not in its ledger.',
  },
  'approval-already-relayed': {
    title: 'The relay already has a decision of yours',
    what: 'There is one decision for each attempt; the first one stands.',
  },
  'approval-signed-by-another': {
    title: 'Another account has signed',
    what: 'The signature is not of the wallet you are connected with. Choose the right account in your wallet.',
  },

  'key-unsupported': {
    title: 'This browser cannot make signing keys',
    what: 'It does not know Ed25519, or the page is not served securely. Use a current browser, over https or on this machine.',
  },
  'browser-keeps-nothing': {
    title: 'This browser keeps nothing',
    what: 'A key or a sealed decision would be lost with this page, so nothing was sent. Leave private browsing or make room.',
  },
  'signature-not-strict': {
    title: 'This browser made a signature that the ledger would refuse',
    what: 'Nothing was sent. Use another browser.',
  },
  'key-none': { title: 'This browser has no key of yours', what: 'Make one first. Nothing was sent.' },
  'key-unsent': { title: 'Your key is not recorded yet', what: 'Send its binding first.' },
  'key-expired': { title: 'Your key has expired', what: 'Make a new one; your wallet binds it.' },
  'key-revoked': {
    title: 'Your key was revoked',
    what: 'It signs nothing any more. Make a new one; your wallet binds it.',
  },
  'unknown-key': { title: 'The ledger does not know this key', what: 'Bind it with your wallet first.' },
  'unknown-actor': { title: 'This deployment does not know you' },
  'signature-invalid': { title: 'The signature does not hold', what: 'Nothing was recorded. Load the page again.' },
  'other-deployment': { title: 'This is another deployment than the one you opened', what: 'Load the page again.' },
  'ledger-busy': { title: 'The ledger is busy', what: 'Send it again in a moment; it is recorded once only.' },
  'records-unreadable': {
    title: 'The epoch’s entries cannot be read',
    what: 'Without them no record can be proven. Do not rely on it.',
  },
  'seal-missing': {
    title: 'This browser does not have the decision that you sealed',
    what: 'Open this page in the browser in which you sealed it, or load the copy that you kept.',
  },
  'seal-of-another': { title: 'This copy is of another review', what: 'Choose the file that you saved for this one.' },
  'seal-unreadable': { title: 'This is no copy of a sealed decision' },

  'gate-AlreadyDecided': DECIDED,
  'gate-DeadlinePassed': { title: 'Your signature has expired', what: 'Nothing happened.' },
  'gate-WalletSignatureInvalid': {
    title: 'The signature is not of this wallet',
    what: 'Neither the account’s key nor its contract vouches for it. Choose the right account in your wallet.',
  },
  'gate-UndeployedWalletUnsupported': {
    title: 'Your smart account is not deployed yet',
    what: 'Deploy it with any transaction, then sign again.',
  },
  'gate-AcknowledgementMissing': { title: 'A statement is not confirmed' },
  'gate-DecisionMissing': { title: 'It says neither approve nor reject' },
  'gate-would-refuse': { title: 'The contract would refuse it', what: 'Your signature is kept in this browser.' },
  'gate-reverted': { title: 'The contract refuses it', what: 'It gives no reason.' },
}
