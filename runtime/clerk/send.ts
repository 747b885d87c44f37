/** How mechanical commands go into the ledger. */
import type { AdmittedCommand, State } from '../../protocol/genesis.ts'
import type { Ledger } from '../ports/ledger.ts'

/** Send a mechanical command; true when it is on record, whatever the law said to it. */
export async function sendTo(ledger: Ledger<State, AdmittedCommand>, command: AdmittedCommand): Promise<boolean> {
  const answer = await ledger.submit(command)
  return answer.kind === 'recorded' && !answer.repeated
}
