// A Hardhat plugin that keeps generated/abis.ts equal to the contracts after each build.
import type { HardhatPlugin } from 'hardhat/types/plugins'

export const abisPlugin: HardhatPlugin = {
  id: 'genesis-abis',
  hookHandlers: { solidity: () => import('./abis-hook.ts') },
}
