/** wagmi for one chain: wallets announce themselves (EIP-6963), none is built in. */
import { createConfig, type Config } from 'wagmi'
import type { Place } from '../chain/context.tsx'
import { transportTo } from '../chain/transport.ts'

export function walletConfig({ chain, rpc }: Place): Config {
  return createConfig({
    chains: [chain],
    connectors: [],
    multiInjectedProviderDiscovery: true,
    transports: { [chain.id]: transportTo(rpc) },
  })
}
