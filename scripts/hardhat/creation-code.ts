// A Hardhat plugin that keeps generated/creation-code.ts equal to the contracts after each build.
import type { HardhatPlugin } from 'hardhat/types/plugins'

export const creationCodePlugin: HardhatPlugin = {
  id: 'genesis-creation-code',
  hookHandlers: { solidity: () => import('./creation-code-hook.ts') },
}
