/**
 * The face of the room: the host's own engines under the protocol's primitives.
 */
export { installNativeSha256 } from './native-sha256.ts'
export { verifyWithSodium } from './sodium.ts'
export { verifyInThreads } from './threads.ts'
