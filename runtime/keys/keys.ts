/** The face of the room: secrets on disk, encrypted, and the signers made of them. */
export { identityKeyOf, newIdentityKey, readIdentityKey, signerOfKey, writeIdentityKey } from './identity-key.ts'
export { open, readKeystore, seal, writeKeystore, type Keystore } from './keystore.ts'
export { readSecretFile, writeSecretFile } from './secret-file.ts'
