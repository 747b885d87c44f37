// A Hardhat plugin that makes the compiler's warnings about contracts errors.
import type { HardhatPlugin } from 'hardhat/types/plugins'

export const strictPlugin: HardhatPlugin = {
  id: 'genesis-strict',
  hookHandlers: { solidity: () => import('./strict-hook.ts') },
}
