/** The engine that the command line uses: libsodium and OpenSSL. Tests make thousands of checks. */
import { nativeEngine as engineOfThisHost } from '../../../cli/lib/engine.ts'

export const nativeEngine = engineOfThisHost()
