/** The face of the signing room: acts of a human, signed with the key of this browser. */
export { ActButton, useAction } from './act-button.tsx'
export { forgetKey, keepKey, makeKey, recallKey, type BrowserKey } from './browser-key.ts'
export { ActOutcome } from './outcome.tsx'
export { keyQuery, useMyKey, type MyKey } from './use-key.ts'
export { useForeseen } from './use-foreseen.ts'
export { useAct, type Act, type Acting } from './use-act.ts'
