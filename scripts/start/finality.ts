/**
 * Finality, and the passing of time, on a chain where nobody else mines.
 *
 * anvil calls final what lies two blocks back, so two empty blocks after some activity make it final; no sooner than
 * its state is on disk, whole: what is called final must survive a kill. And a block now and then tells the time, or
 * a chain without transactions would seem to stand still.
 */
import { rpc } from './anvil.ts'
import { keepState } from './chain-state.ts'

const LOOK_EVERY_MS = 500

/** Epochs close only while clock and chain are less than five minutes apart. Milliseconds. */
const TELL_TIME_EVERY_MS = 120_000

export function startFinality(url: string, folder: string, onTrouble: (cause: unknown) => void): { stop(): void } {
  let seen = -1
  let kept = -1
  let settled = -1
  let mined = Date.now()
  let looking = false
  let stopped = false
  const timer = setInterval(() => {
    if (looking) return
    looking = true
    look()
      .catch((cause: unknown) => {
        if (!stopped) onTrouble(cause)
      })
      .finally(() => {
        looking = false
      })
  }, LOOK_EVERY_MS)

  async function look(): Promise<void> {
    const latest = Number(await rpc(url, 'eth_blockNumber', []))
    if (latest > kept) kept = keepState(folder) ?? kept
    if (latest !== seen) {
      seen = latest
      return
    }
    if (latest !== settled && kept >= latest) await mine(2)
    else if (latest === settled && Date.now() - mined >= TELL_TIME_EVERY_MS) await mine(1)
  }

  async function mine(blocks: number): Promise<void> {
    await rpc(url, 'anvil_mine', [`0x${blocks.toString(16)}`, '0x0'])
    mined = Date.now()
    settled = seen + blocks
    seen = settled
  }

  return {
    stop: () => {
      stopped = true
      clearInterval(timer)
    },
  }
}
