/** One Ed25519 predicate (spec 2.1). */
import { verify } from '../wire/ed25519.ts'
import { booleanAt, bytesAt, same, type Suite } from './suite.ts'

export const ed25519: Suite = {
  edge_cases: (vector) => {
    const accepted = verify(bytesAt(vector, 'signature'), bytesAt(vector, 'message'), bytesAt(vector, 'public_key'))
    return same('accept', booleanAt(vector, 'accept'), accepted)
  },
}
