/** Faults in one plain line each, with what to do. The code comes first: programs read that. */
import type { Fault } from '../../protocol/wire/fault.ts'

const WORDS: { readonly [code: string]: string } = {
  usage: 'See --help.',
  'no-stack': 'No running stack is known there. Start one with npm start, or name one with --url or --data.',
  'runtime-unreachable': 'Nothing answers there. Is the stack running (npm start)? Is --url right?',
  'key-file-missing': 'There is no such key in the data folder. See genesis keys show.',
  'key-password-wrong': 'The password does not open the key. It is read from GENESIS_PASSWORD or from keys/password.',
  'key-file-readable-by-others': 'Others may read this key file. Make it yours alone: chmod 600.',
  'chain-unreachable': 'The chain does not answer there. Is the stack running (npm start)?',
  'ledger-does-not-fold': 'What answers there is not a ledger that its own rules give. See genesis verify.',
  'archive-unreachable': 'There is no archive there. Is the stack running (npm start)? Is the folder or address right?',
  'archive-moving': 'The archive moved on each time it was read. Try again in a moment.',
  'contracts-on-two-chains': 'This deployment’s contracts lie on two chains, which this version cannot verify.',
  'deployment-unreadable':
    'Give the deployment’s id (sha256: and 64 hex digits) or a JSON file whose "deployment" is one.',
  'sandbox-unavailable':
    'Commands cannot be run here with nothing around them (Linux namespaces). Verify without --rerun.',
  'out-not-empty': 'Choose a folder that does not exist yet, or is empty.',
  'out-not-usable': 'Choose another folder with --out.',
  'manifest-malformed': 'What answers there is not an archive of this format.',
  'file-differs': 'What came is not what the manifest promised; nothing was kept. Try again.',
  'file-unreadable': 'Is the path right?',
  'vectors-unreadable': 'Give a JSON file of vectors, plain or .gz.',
  'vectors-malformed': 'This is not a file of conformance vectors.',
  'vectors-unknown-file': 'See genesis conform --help for the files that are known.',
  'vectors-unknown-section': 'The protocol has no check for this section; run others with --section.',
  'vectors-section-absent': 'The file has no such section.',
  unforeseen: 'This is a mistake of ours; GENESIS_DEBUG=1 shows all of it.',
  'agent-not-registered': 'Its operator registers it first: genesis agent register.',
  'llm-not-configured': 'Set that in the environment; genesis agent --help has all of it.',
  'llm-key-missing': 'Set the provider’s key in that variable. It is written nowhere.',
  'llm-provider-unknown': 'Set GENESIS_LLM_PROVIDER to one that is known.',
  'llm-budget-invalid': 'GENESIS_LLM_BUDGET is a whole number of tokens, 100 to 999999999.',
  'method-type-is-not-a-models': 'A model is registered as reasoning_model or retrieval_augmented.',
  'command-withheld': 'The law withheld the command; nothing changed.',
}

export function inWords(fault: Fault): string {
  const figures = Object.entries(fault.params).map(([name, value]) => `${name} ${value}`)
  const said = figures.length === 0 ? fault.code : `${fault.code}: ${figures.join(', ')}`
  return `${said}. ${WORDS[fault.code] ?? ''}`.trim()
}
