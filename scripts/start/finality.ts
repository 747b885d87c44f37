/**
 * Finality on a chain where nobody else mines. anvil calls final what lies two blocks back, so two empty blocks
 * after some activity make it final; no sooner than two seconds, when the state file holds it: what is called final
 * must survive a kill.
 */
import { rpc } from './anvil.ts'

const SETTLE_MS = 2_500
const LOOK_EVERY_MS = 500

export function startFinality(url: string, onTrouble: (cause: unknown) => void): { stop(): void } {
  let seen = -1
  let since = Date.now()
  let settled = -1
  const timer = setInterval(() => void look().catch(onTrouble), LOOK_EVERY_MS)

  async function look(): Promise<void> {
    const latest = Number(await rpc(url, 'eth_blockNumber', []))
    if (latest !== seen) {
      seen = latest
      since = Date.now()
      return
    }
    if (latest === settled || Date.now() - since < SETTLE_MS) return
    await rpc(url, 'anvil_mine', ['0x2', '0x0'])
    settled = Number(await rpc(url, 'eth_blockNumber', []))
    seen = settled
  }

  return { stop: () => clearInterval(timer) }
}
