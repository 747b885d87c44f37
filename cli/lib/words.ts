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
  unforeseen: 'This is a mistake of ours; GENESIS_DEBUG=1 shows all of it.',
  'command-withheld': 'The law withheld the command; nothing changed.',
}

export function inWords(fault: Fault): string {
  const figures = Object.entries(fault.params).map(([name, value]) => `${name} ${value}`)
  const said = figures.length === 0 ? fault.code : `${fault.code}: ${figures.join(', ')}`
  return `${said}. ${WORDS[fault.code] ?? ''}`.trim()
}
