/** What a verification is given. */
import type { Digest } from '../protocol/wire/sha256.ts'
import type { Millis } from '../protocol/wire/time.ts'
import type { ArchiveSource } from './archive/source.ts'
import type { ChainHistory, Where } from './chain/reader.ts'
import type { Engine } from './engine/engine.ts'
import type { Progress } from './report.ts'
import type { Rerun } from './rerun.ts'

export type Question = {
  readonly archive: ArchiveSource
  /** Opens the chain that the genesis entry names. Without it nothing outside the archive is asked, and nothing is verified. */
  readonly chain: ((where: Omit<Where, 'url'>) => Promise<ChainHistory>) | undefined
  /** The deployment that whoever asks means. Everything else follows from it. */
  readonly expected?: Digest | undefined
  readonly engine: Engine
  readonly now: () => Millis
  /** Whether the bytes of artifacts are fetched and hashed too. */
  readonly artifacts: 'all' | 'none'
  /** Runs a mission's declared command again. Never given by default: verifying runs no stranger's commands. */
  readonly rerun?: Rerun | undefined
  readonly onProgress?: ((progress: Progress) => void) | undefined
}
