/**
 * Every fault that a verification can name: what it means and what to do about it. Codes are stable and never reused.
 */
type Explained = { readonly means: string; readonly remedy: string }

const COPY = 'Fetch the archive again from its source; if it stays so, the copy there was changed.'
const OPERATOR = 'The operator’s ledger is not what its own rules give. Keep this archive: it is the evidence.'
const CHAIN = 'Ask a second RPC endpoint of your own choice; if they agree, keep the archive as evidence.'

export const FINDINGS = {
  'manifest-missing': { means: 'There is no manifest.json.', remedy: COPY },
  'manifest-malformed': { means: 'The manifest is not a canonical manifest of this format.', remedy: COPY },
  'file-missing': { means: 'The manifest names a file that is not there.', remedy: COPY },
  'file-unexpected': { means: 'A file lies in the archive that the manifest does not name.', remedy: 'Remove it.' },
  'file-differs': { means: 'The bytes of a file are not those that the manifest hashed.', remedy: COPY },
  'file-unreadable': { means: 'A file cannot be decompressed, or is not lines of UTF-8 text.', remedy: COPY },
  'certificates-malformed': { means: 'certificates.json is not a canonical list of certificates.', remedy: COPY },
  'deployment-file-differs': { means: 'deployment.json does not say what the genesis entry says.', remedy: COPY },
  'artifact-unnamed': { means: 'An artifact in the archive is named by no entry of the ledger.', remedy: COPY },
  'entries-missing': { means: 'The archive holds no entries.', remedy: COPY },
  'entry-misplaced': { means: 'An entry lies in the file of another epoch.', remedy: COPY },

  'deployment-unexpected': {
    means: 'This is not the deployment that was asked for.',
    remedy: 'Check the deployment’s id with somebody you trust, and where the archive came from.',
  },
  'deployment-differs': { means: 'The manifest names another deployment than the genesis entry.', remedy: COPY },
  'genesis-unreadable': { means: 'The first entry is not a genesis entry.', remedy: COPY },

  'chain-not-given': { means: 'No chain was read.', remedy: 'Give an RPC endpoint.' },
  'chain-foreign': {
    means: 'The RPC endpoint serves another chain than the genesis entry names.',
    remedy: 'Give an endpoint of that chain; a development chain that was reset is another chain.',
  },
  'chain-epochs-out-of-order': { means: 'The commitment log’s epochs are not 0, 1, 2, …', remedy: CHAIN },
  'chain-record-differs': { means: 'A record on chain does not have the hash beside it.', remedy: CHAIN },
  'chain-went-back': { means: 'A finalized block was replaced while we read.', remedy: CHAIN },

  'entry-malformed': { means: 'A line is not an entry.', remedy: OPERATOR },
  'entry-out-of-place': { means: 'An entry’s number or previous hash does not continue the chain.', remedy: OPERATOR },
  'entry-repeated': { means: 'A command was recorded a second time.', remedy: OPERATOR },
  'entry-time-runs-back': { means: 'An entry is older than the one before it.', remedy: OPERATOR },
  'entry-not-admissible': {
    means: 'A recorded command was signed by a key that may not speak for its actor.',
    remedy: OPERATOR,
  },
  'signature-invalid': { means: 'A recorded command’s signature does not verify.', remedy: OPERATOR },
  'entry-differs': { means: 'An entry is not what the law gives for its command.', remedy: OPERATOR },

  'property-broken': {
    means:
      'Something that must hold of every state does not hold, although the law gave it: the law itself is at fault.',
    remedy: 'Keep this archive and report it: the evidence names the property and the subject.',
  },

  'commitment-differs': { means: 'The chain holds another commitment than the ledger’s epoch has.', remedy: OPERATOR },
  'epoch-overdue': {
    means: 'A closed epoch has not reached a final block within its time.',
    remedy: 'See the operator’s outbox: too few signers, or a chain that does not take it.',
  },
  'epoch-withheld': { means: 'The runtime does not show an epoch that is on chain.', remedy: OPERATOR },
  'no-epoch-on-chain': {
    means: 'The chain holds no commitment of this ledger yet, so nothing outside the archive vouches for it.',
    remedy: 'Wait for the first epoch to be published.',
  },

  'certificate-missing': { means: 'There is no certificate for an epoch on chain.', remedy: COPY },
  'certificate-unexpected': { means: 'A certificate is for an epoch that was never closed.', remedy: COPY },
  'certificate-malformed': { means: 'A certificate’s signature is not a point.', remedy: COPY },
  'certificate-below-threshold': { means: 'Too few members signed.', remedy: CHAIN },
  'certificate-bit-out-of-range': { means: 'A certificate names a member that does not exist.', remedy: CHAIN },
  'certificate-key-absent': { means: 'A signer had no key at that block.', remedy: CHAIN },
  'certificate-key-expired': { means: 'A signer’s key had expired at that block.', remedy: CHAIN },
  'certificate-key-revoked': { means: 'A signer’s key was revoked at that block.', remedy: CHAIN },
  'certificate-key-invalid': { means: 'A signer’s key is not a point.', remedy: CHAIN },
  'certificate-invalid': { means: 'The aggregate signature does not verify.', remedy: CHAIN },

  'observed-log-not-on-chain': { means: 'The ledger records a log that the chain does not hold.', remedy: OPERATOR },
  'observed-log-differs': { means: 'The ledger records a log otherwise than the chain holds it.', remedy: OPERATOR },

  'decision-signature-invalid': { means: 'A decision on chain is not signed by its approver’s wallet.', remedy: CHAIN },
  'decision-after-deadline': { means: 'A decision entered the chain after its deadline.', remedy: CHAIN },
  'decision-not-acknowledged': { means: 'A decision lacks one of the three acknowledgements.', remedy: CHAIN },
  'decision-not-on-chain': { means: 'The ledger records a decision that the chain does not hold.', remedy: OPERATOR },
  'decision-differs': { means: 'The ledger records a decision otherwise than the chain holds it.', remedy: OPERATOR },

  'evidence-missing': {
    means: 'The archive lacks a file from which a completed mission could be reproduced.',
    remedy: 'Fetch the artifact by its digest from any source that has it.',
  },
  'rerun-differs': { means: 'A mission, run again from its evidence, gave another result.', remedy: OPERATOR },
  'rerun-failed': {
    means: 'A mission’s declared command did not run to its end.',
    remedy: 'See the reason given; a machine without the sandbox cannot run it.',
  },
} as const satisfies { readonly [code: string]: Explained }

export type FindingCode = keyof typeof FINDINGS
