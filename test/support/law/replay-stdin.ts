/** Replays the ledger on its standard input, one entry a line, and prints the digest of the state it reaches. */
import { readFileSync } from 'node:fs'
import { digestOfWhole } from './digest-of-state.ts'
import { replayAll } from './replayed.ts'

const replayed = replayAll(readFileSync(0, 'utf8').split('\n'))
console.log(replayed.ok ? digestOfWhole(replayed.value) : JSON.stringify(replayed.error))
