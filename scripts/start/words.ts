/** Faults of a start in one plain line each, with what to do. */
import { Fault } from '../../protocol/wire/fault.ts'
import type { SnapshotNote, Unfit } from '../../runtime/ledger/ledger.ts'

const WORDS: { readonly [code: string]: string } = {
  'port-taken': 'The port is in use by another program. Stop it, or choose another with --port.',
  'port-not-permitted': 'This user may not open that port. Choose one above 1023 with --port.',
  'option-unknown': 'That option does not exist. See npm start -- --help.',
  'option-invalid': 'That value does not fit the option. See npm start -- --help.',
  'already-started':
    'The system is already running on this data folder. Stop it first, or choose another folder with --data.',
  'ledger-in-use': 'The ledger is open in another process. Stop it first, or choose another folder with --data.',
  'chain-foreign':
    'The chain that answers is not the one this ledger was founded on. Use the right data folder, or forget this one with --reset.',
  'deployment-file-missing':
    'The data folder holds a ledger but not its deployment.json. Restore the file, or forget the folder with --reset.',
  'ledger-entry-differs':
    'The ledger does not say what the law gives: it was changed, or written by another version of the protocol. Restore it from a copy, or forget the folder with --reset.',
  'chain-without-contracts':
    'The chain has lost the contracts of this deployment. Restore the data folder from a copy, or forget it with --reset.',
  'chain-state-damaged':
    'The file of the development chain is damaged, and so is its copy. Restore the data folder, or forget it with --reset.',
  'chain-not-saving': 'The development chain does not save its state. Is the disk full?',
  'genesis-refused': 'The first start was broken off before the deployment was founded. Begin anew with --reset.',
  'chain-died': 'The development chain ended by itself. Start again; the data is kept.',
  'chain-did-not-start': 'The development chain does not answer. Is the machine overloaded? Start again.',
  'chain-not-for-this-platform': 'There is no development chain for this platform. Linux and macOS are supported.',
  'ledger-clock-behind': 'The clock of this machine is behind the ledger. Set it right and start again.',
  'ledger-entry-edited':
    'An entry of the ledger was changed on disk. Restore the folder from a copy, or forget it with --reset.',
  'ledger-gap': 'Entries of the ledger are missing. Restore the folder from a copy, or forget it with --reset.',
  'ledger-store-damaged': 'The ledger file is damaged. Restore the folder from a copy, or forget it with --reset.',
  'ledger-store-version':
    'The ledger file was written by another version of Genesis. Use that version, or forget the folder with --reset.',
  'ledger-store-failed':
    'The ledger could not be written. Is the disk full or the folder gone? Nothing acknowledged is lost.',
  'ledger-writer-failed': 'The ledger stopped writing. Nothing acknowledged is lost; start again.',
  'ledger-snapshot-false':
    'The snapshot that this start began from is not what the ledger gives. It has been removed; start again, and the whole ledger is folded. Entries written since the start may not be what the law gives: the next start names the first.',
  'app-not-built': 'The web app could not be built. Run npm test to see what is wrong with the source.',
  'data-folder-foreign':
    'That folder holds files, but no deployment of ours: --reset deletes nothing there. Choose another folder with --data.',
  'data-folder-unusable': 'The data folder cannot be written. Check its permissions, or choose another with --data.',
}

const SYSTEM: { readonly [code: string]: string } = {
  ENOSPC: 'The disk is full. Nothing that was acknowledged is lost; make room and start again.',
  EACCES: 'Permission denied. Check who owns the data folder, or choose another with --data.',
  EROFS: 'The file system is read-only. Choose another data folder with --data.',
}

export function inWords(cause: unknown): string {
  const system = systemCode(cause)
  if (system !== undefined) return `${system}: ${SYSTEM[system] ?? ''}`
  if (cause instanceof Fault) return `${cause.message}. ${WORDS[cause.code] ?? ''}`.trim()
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
}

const DISCARDED: { readonly [code in Unfit]: string } = {
  'snapshot-absent': 'there is none',
  'snapshot-damaged': 'it is damaged',
  'snapshot-of-another-version': 'another version wrote it',
  'snapshot-beyond-the-ledger':
    'it has seen more entries than the ledger holds: the end of the ledger may have been cut off',
  'snapshot-of-another-ledger': 'it is of another ledger',
  'snapshot-unreadable': 'it cannot be read',
  'snapshot-does-not-lead-on': 'the entries after it do not follow from it',
}

/** What is worth a line about a snapshot. */
export function snapshotInWords(note: SnapshotNote): string | undefined {
  switch (note.kind) {
    case 'loaded':
      return `beginning at the snapshot of ${note.entries} entries`
    case 'discarded':
      return `the snapshot is not used: ${DISCARDED[note.code]}. Folding the whole ledger`
    case 'confirmed':
    case 'kept':
    case 'trouble':
      return undefined
  }
}

/** The operating system's own reason, however deep it lies. */
function systemCode(cause: unknown): string | undefined {
  for (let inner = cause, depth = 0; inner instanceof Error && depth < 8; inner = inner.cause, depth++) {
    const { code, errcode } = inner as { code?: unknown; errcode?: unknown }
    if (typeof code === 'string' && Object.hasOwn(SYSTEM, code)) return code
    // SQLite says «full» with a number of its own.
    if (errcode === 13) return 'ENOSPC'
  }
  return undefined
}
