/** `genesis verify --examples`: the two worked missions, judged from their evidence alone (M-07, M-08). */
import { Fault } from '../../protocol/wire/fault.ts'
import type { Io } from './command.ts'

export async function verifyExamples(_io: Io, _options: { rerun: boolean; json: boolean }): Promise<number> {
  throw new Fault('examples-without-evidence')
}
